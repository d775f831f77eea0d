package io.pgha.ssh.connection;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;

/**
 * Logs in with what a host is given: its key file, else the agent's keys and the standard files,
 * then the password. What was tried is kept for the message of a refusal.
 */
final class Login {
  private static final List<String> STANDARD_FILES = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final HostConnection host;
  private final LocalFiles files;
  private final List<AuthMethod> methods = new ArrayList<>();
  private final List<String> tried = new ArrayList<>();

  Login(HostConnection host, LocalFiles files) throws TransportException {
    this.host = host;
    this.files = files;
    if (host.privateKeyFile().isPresent()) {
      Path file = files.expand(host.privateKeyFile().get());
      addKeyFile(file, true);
      addAgent();
    } else {
      addAgent();
      for (String name : STANDARD_FILES) {
        Path file = files.expand("~/.ssh/" + name);
        if (Files.exists(file)) {
          addKeyFile(file, false);
        }
      }
    }
    host.password().ifPresent(this::addPassword);
    if (methods.isEmpty()) {
      throw new TransportException(
          Code.AUTHENTICATION_FAILED,
          "no way to log in to %s: %s; name a private key file, start an SSH agent, or give a"
                  .formatted(host, tried.isEmpty() ? "no key found" : String.join("; ", tried))
              + " password");
    }
  }

  private void addKeyFile(Path file, boolean declared) throws TransportException {
    Optional<KeyProvider> key;
    try {
      key = PrivateKeys.read(host, file);
    } catch (TransportException unusable) {
      if (declared) {
        throw unusable;
      }
      tried.add(unusable.getMessage());
      return;
    }
    if (key.isPresent()) {
      methods.add(new AuthPublickey(key.get()));
      tried.add("key " + file);
    } else if (declared && !(host.agent() && files.agentSocket().isPresent())) {
      throw new TransportException(
          Code.AUTHENTICATION_FAILED,
          ("can't use the private key %s for %s: it is encrypted; give its passphrase, or add it to"
                  + " an SSH agent with ssh-add")
              .formatted(file, host));
    } else {
      tried.add("key " + file + " is encrypted, and no passphrase is given");
    }
  }

  private void addAgent() {
    if (!host.agent()) {
      return;
    }
    if (files.agentSocket().isEmpty()) {
      tried.add("no SSH agent runs (SSH_AUTH_SOCK is not set)");
      return;
    }
    Path socket = files.agentSocket().get();
    AgentClient agent = new AgentClient(socket);
    try {
      List<AgentClient.Identity> identities = agent.identities();
      for (AgentClient.Identity identity : identities) {
        methods.add(new AgentAuthentication(agent, identity));
      }
      tried.add(
          identities.isEmpty()
              ? "the SSH agent holds no key (add one with ssh-add)"
              : identities.size() + " key(s) of the SSH agent");
    } catch (IOException e) {
      tried.add("the SSH agent at " + socket + " doesn't answer: " + Failures.reason(e));
    }
  }

  private void addPassword(String password) {
    PasswordFinder finder =
        new PasswordFinder() {
          @Override
          public char[] reqPassword(Resource<?> resource) {
            return password.toCharArray();
          }

          @Override
          public boolean shouldRetry(Resource<?> resource) {
            return false;
          }
        };
    methods.add(new AuthPassword(finder));
    methods.add(new AuthKeyboardInteractive(new PasswordResponseProvider(finder)));
    tried.add("the password");
  }

  /** Authenticates, or says what was tried. */
  void authenticate(SSHClient client) throws TransportException, IOException {
    AtomicReference<String> farewell = new AtomicReference<>("");
    client
        .getTransport()
        .setDisconnectListener(
            (reason, message) -> farewell.set(message == null ? "" : message.strip()));
    String said = "";
    for (AuthMethod method : methods) {
      try {
        client.auth(host.user(), method);
        return;
      } catch (UserAuthException e) {
        // Alone it says nothing: the method was simply refused.
        said = e.getCause() == null ? said : Failures.reason(e);
        if (!client.getTransport().isRunning()) {
          break;
        }
      } catch (IllegalStateException e) {
        // The server may hang up between two methods; only its farewell says why.
        if (client.isConnected()) {
          throw e;
        }
        break;
      }
    }
    boolean hungUp = !client.getTransport().isRunning() && !farewell.get().isEmpty();
    throw refused(client, hungUp ? farewell.get() : said);
  }

  private TransportException refused(SSHClient client, String said) {
    String detail = said.isEmpty() ? "" : " (" + said + ")";
    if (said.contains("Too many authentication failures")) {
      detail = " (the server gave up after too many keys: name the one private key file)";
    }
    List<String> allowed = new ArrayList<>(client.getUserAuth().getAllowedMethods());
    return new TransportException(
        Code.AUTHENTICATION_FAILED,
        ("%s refuses the login as %s%s. Tried: %s.%s Check the user, and that the public key is in"
                + " that user's ~/.ssh/authorized_keys there")
            .formatted(
                host,
                host.user(),
                detail,
                String.join("; ", tried),
                allowed.isEmpty() ? "" : " The server takes: " + String.join(", ", allowed) + "."));
  }
}
