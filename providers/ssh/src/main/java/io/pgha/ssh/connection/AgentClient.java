package io.pgha.ssh.connection;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/** A client of OpenSSH's agent (RFC draft-miller-ssh-agent): lists keys and signs with them. */
final class AgentClient {
  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;
  private static final int LARGEST_ANSWER = 1 << 20;

  private final Path socket;

  AgentClient(Path socket) {
    this.socket = socket;
  }

  /**
   * A key that the agent holds.
   *
   * @param blob the public key's SSH encoding
   * @param comment its comment
   */
  record Identity(byte[] blob, String comment) {
    /** The type, such as ssh-ed25519. */
    String type() throws IOException {
      return new Buffer.PlainBuffer(blob).readString();
    }
  }

  /** The keys that the agent holds. */
  List<Identity> identities() throws IOException {
    Buffer.PlainBuffer answer =
        ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES), IDENTITIES_ANSWER);
    int count = answer.readUInt32AsInt();
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      identities.add(new Identity(answer.readBytes(), answer.readString()));
    }
    return List.copyOf(identities);
  }

  /** A signature in its SSH encoding: the algorithm's name and the signature's bytes. */
  byte[] sign(Identity identity, byte[] data, int flags) throws IOException {
    Buffer.PlainBuffer request =
        new Buffer.PlainBuffer()
            .putByte(SIGN_REQUEST)
            .putBytes(identity.blob())
            .putBytes(data)
            .putUInt32(flags);
    return ask(request, SIGN_RESPONSE).readBytes();
  }

  private Buffer.PlainBuffer ask(Buffer.PlainBuffer request, byte expected) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      byte[] body = request.getCompactData();
      ByteBuffer out = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      int length = read(channel, 4).getInt();
      if (length < 1 || length > LARGEST_ANSWER) {
        throw new IOException("the agent's answer is no agent's answer");
      }
      Buffer.PlainBuffer answer = new Buffer.PlainBuffer(read(channel, length).array());
      if (answer.readByte() != expected) {
        throw new IOException("the agent refused");
      }
      return answer;
    }
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new EOFException("the agent hung up");
      }
    }
    return in.flip();
  }
}
