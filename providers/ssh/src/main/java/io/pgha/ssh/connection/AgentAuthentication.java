package io.pgha.ssh.connection;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** Public key authentication (RFC 4252, 7) by a key that never leaves the agent. */
final class AgentAuthentication extends AbstractAuthMethod {
  /** SSH_AGENT_RSA_SHA2_512. */
  private static final int RSA_SHA2_512 = 4;

  private final AgentClient agent;
  private final AgentClient.Identity identity;
  private final String algorithm;
  private final int flags;

  AgentAuthentication(AgentClient agent, AgentClient.Identity identity) throws IOException {
    super("publickey");
    this.agent = agent;
    this.identity = identity;
    boolean rsa = identity.type().equals("ssh-rsa");
    this.algorithm = rsa ? "rsa-sha2-512" : identity.type();
    this.flags = rsa ? RSA_SHA2_512 : 0;
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return request(false);
  }

  private SSHPacket request(boolean signed) throws UserAuthException {
    SSHPacket packet = super.buildReq();
    packet.putBoolean(signed).putString(algorithm).putBytes(identity.blob());
    return packet;
  }

  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message != Message.USERAUTH_60) {
      super.handle(message, packet);
      return;
    }
    SSHPacket request = request(true);
    byte[] data =
        new Buffer.PlainBuffer()
            .putString(params.getTransport().getSessionID())
            .putBuffer(request)
            .getCompactData();
    try {
      request.putBytes(agent.sign(identity, data, flags));
    } catch (IOException e) {
      throw new UserAuthException(
          "the SSH agent didn't sign with " + identity.comment() + ": " + Failures.reason(e), e);
    }
    params.getTransport().write(request);
  }
}
