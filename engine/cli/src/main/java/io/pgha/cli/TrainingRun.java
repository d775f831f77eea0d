package io.pgha.cli;

import io.pgha.cli.view.PlanViews;
import io.pgha.core.Project;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.State;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Runs many command lines in one process, while the JDK records for the AOT cache what they load.
 *
 * <p>Used when the distribution is built; a cache is recorded by one process, and must know the
 * classes of all commands.
 */
final class TrainingRun {
  private static final String CLASSES = "classes ";
  private static final String PLAN = "bare ";
  private static final String CIPHERS = "ciphers";

  private TrainingRun() {}

  /**
   * Runs the command lines of a file, in the form {@code STATUS ARGUMENT...}, with {@code @here@}
   * standing for the file's folder; {@code classes JAR...} loads all classes of the jars whose
   * names begin so, {@code bare FOLDER VARIABLES} plans a folder for bare machines, and {@code
   * ciphers} does the arithmetic of a connection. Fails when one ends with another status than the
   * expected.
   */
  public static void main(String[] arguments) throws Exception {
    Path script = Path.of(arguments[0]).toAbsolutePath();
    for (String line : Files.readAllLines(script)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.equals(CIPHERS)) {
        useCiphers();
        continue;
      }
      if (line.startsWith(PLAN)) {
        plan(line.substring(PLAN.length()).replace("@here@", script.resolveSibling("").toString()));
        continue;
      }
      if (line.startsWith(CLASSES)) {
        List<String> jars = List.of(line.substring(CLASSES.length()).split(" +", -1));
        System.out.println("training: " + loadClasses(jars) + " classes loaded of " + jars);
        continue;
      }
      String[] words = line.replace("@here@", script.resolveSibling("").toString()).split(" +", -1);
      String[] command = new String[words.length - 1];
      System.arraycopy(words, 1, command, 0, command.length);
      System.out.println("training: " + line);
      int status = Main.run(command);
      if (status != Integer.parseInt(words[0])) {
        System.err.println("training: ended with " + status + ": " + line);
        System.exit(1);
      }
    }
  }

  /** What a connection computes: key exchange, signature by a key and check of one, cipher. */
  private static void useCiphers() throws GeneralSecurityException {
    KeyPairGenerator exchanged = KeyPairGenerator.getInstance("X25519");
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(exchanged.generateKeyPair().getPrivate());
    agreement.doPhase(exchanged.generateKeyPair().getPublic(), true);
    byte[] secret = MessageDigest.getInstance("SHA-256").digest(agreement.generateSecret());

    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    KeyPair made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    PrivateKey own = keys.generatePrivate(new PKCS8EncodedKeySpec(made.getPrivate().getEncoded()));
    PublicKey theirs = keys.generatePublic(new X509EncodedKeySpec(made.getPublic().getEncoded()));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(own);
    signature.update(secret);
    byte[] signed = signature.sign();
    signature.initVerify(theirs);
    signature.update(secret);
    if (!signature.verify(signed)) {
      throw new SignatureException("the signature made just now is not accepted");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec key = new SecretKeySpec(secret, 0, 16, "AES");
    GCMParameterSpec start = new GCMParameterSpec(128, secret, 16, 12);
    cipher.init(Cipher.ENCRYPT_MODE, key, start);
    byte[] hidden = cipher.doFinal(signed);
    cipher.init(Cipher.DECRYPT_MODE, key, start);
    System.out.println("training: ciphers, " + cipher.doFinal(hidden).length + " bytes");
  }

  /** Plans a folder for bare machines and shows the plan to nobody. */
  private static void plan(String folderAndVariables) throws Exception {
    String[] words = folderAndVariables.split(" +", -1);
    Path folder = Path.of(words[0]).toAbsolutePath().normalize();
    Diagnostics diagnostics = new Diagnostics();
    Project.Given given =
        new Project.Given(Map.of(), List.of(new Project.Option.VarFile(Path.of(words[1]))));
    int shown =
        DeepStack.call(() -> {
          Project project = Project.load(folder, given, Providers.types(), diagnostics);
          Planner planner =
              new Planner(
                  project.configuration().orElseThrow(),
                  State.EMPTY,
                  PlanOptions.NORMAL,
                  diagnostics);
          try (Fleet fleet = new Fleet(BareMachines::new, planner::connection)) {
            return PlanText.of(PlanViews.of(planner.plan(fleet).orElseThrow()), new Paint(false))
                .length();
          }
        });
    System.out.println("training: a plan of " + shown + " characters");
    diagnostics.all().forEach(found -> System.out.println("training: " + found.summary()));
  }

  /**
   * Loads what only a run on machines would: there is none where the distribution is built.
   *
   * @return how many classes were loaded
   */
  private static int loadClasses(List<String> jars) throws IOException {
    int loaded = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      String name = String.valueOf(jar.getFileName());
      if (jars.stream().anyMatch(name::startsWith)) {
        loaded += loadClasses(jar);
      }
    }
    return loaded;
  }

  private static int loadClasses(Path jar) throws IOException {
    int loaded = 0;
    try (JarFile content = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(content.entries())) {
        String path = entry.getName();
        if (path.endsWith(".class") && !path.startsWith("META-INF/") && !path.contains("-info")) {
          String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
          try {
            Class.forName(name, false, TrainingRun.class.getClassLoader());
            loaded++;
          } catch (ClassNotFoundException | LinkageError e) {
            // It is made for a library that pgha does not bring: then no run needs it either.
            System.out.println("training: left out " + name);
          }
        }
      }
    }
    return loaded;
  }
}
