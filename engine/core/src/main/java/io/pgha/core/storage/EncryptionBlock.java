package io.pgha.core.storage;

import io.pgha.core.local.LocalSources;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.state.encryption.AesGcm;
import io.pgha.state.encryption.Encryption;
import io.pgha.state.encryption.KeyProvider;
import io.pgha.state.encryption.Method;
import io.pgha.state.encryption.Passphrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code encryption} blocks, as OpenTofu has them. Used once. */
final class EncryptionBlock {
  /** The codes of what is said here, which shows no values. */
  static final Set<String> OWN =
      Set.of(
          "invalid-argument",
          "duplicate-block",
          "not-encrypted",
          "unknown-key-provider",
          "unknown-method",
          "missing-argument");

  private static final String KEY_PROVIDER = "key_provider";
  private static final String METHOD = "method";

  private static final BodySchema BLOCK =
      BodySchema.EMPTY
          .block(KEY_PROVIDER, "type", "name")
          .block(METHOD, "type", "name")
          .block("state")
          .block("plan");

  private static final Set<String> TARGETS = Set.of("state", "plan");

  private static final BodySchema TARGET =
      BodySchema.EMPTY.optional(METHOD, "enforced").block("fallback");

  private static final BodySchema FALLBACK = BodySchema.EMPTY.required(METHOD).block("fallback");

  private static final BodySchema PASSPHRASE =
      BodySchema.EMPTY
          .required("passphrase")
          .optional("iterations", "key_length", "salt_length", "hash_function");

  private static final BodySchema EXTERNAL = BodySchema.EMPTY.required("command");
  private static final BodySchema AES_GCM = BodySchema.EMPTY.required("keys");

  /** As in OpenTofu: what is shorter is guessed. */
  private static final int SHORTEST = 16;

  private static final int FEWEST_ITERATIONS = 200_000;

  private final Arguments arguments;
  private final LocalSources programs;
  private final Diagnostics diagnostics;
  private final Map<String, Block> blocks = new LinkedHashMap<>();

  /** Those of each kind of file, what was added last first. */
  private final Map<String, List<Block>> targets = new LinkedHashMap<>();

  private final Map<String, Optional<KeyProvider>> providers = new LinkedHashMap<>();
  private final Map<String, Optional<Method>> methods = new LinkedHashMap<>();

  EncryptionBlock(Arguments arguments, LocalSources programs) {
    this.arguments = arguments;
    this.programs = programs;
    this.diagnostics = arguments.diagnostics();
  }

  /** Takes what a body says; what an earlier one says of the same is replaced. */
  void add(Body body) {
    Map<String, Block> found = new LinkedHashMap<>();
    for (Block block : body.content(BLOCK, diagnostics).blocks()) {
      StringBuilder name = new StringBuilder(block.type());
      block.labels().forEach(label -> name.append('.').append(label.text()));
      if (found.putIfAbsent(name.toString(), block) != null) {
        error("duplicate-block", "Duplicate block " + name, "One of them is too many.", block);
      }
    }
    found.forEach((name, block) -> {
      if (TARGETS.contains(block.type())) {
        targets.computeIfAbsent(block.type(), _ -> new ArrayList<>()).addFirst(block);
      } else {
        blocks.put(name, block);
      }
    });
  }

  /** Reads all blocks, also those that nothing uses. */
  void read() {
    // Methods name key providers, which are read first.
    blocks.forEach((name, block) -> {
      if (block.type().equals(KEY_PROVIDER)) {
        providers.put(name, provider(block));
      }
    });
    blocks.forEach((name, block) -> {
      if (block.type().equals(METHOD)) {
        methods.put(name, method(block));
      }
    });
  }

  /**
   * How a kind of file is kept: {@code state} or {@code plan}. The method and the fallbacks are
   * those of the block that was added last, of those that have them; enforced it is by any.
   */
  Encryption target(String kind) {
    List<Block> written = targets.getOrDefault(kind, List.of());
    if (written.isEmpty()) {
      return Encryption.NONE;
    }
    boolean enforced = false;
    Optional<BodyContent> methodical = Optional.empty();
    List<Method> fallbacks = new ArrayList<>();
    boolean falling = false;
    for (Block block : written) {
      BodyContent content = block.body().content(TARGET, diagnostics);
      enforced |= arguments.truth(content, "enforced");
      if (methodical.isEmpty() && content.attribute(METHOD).isPresent()) {
        methodical = Optional.of(content);
      }
      if (!falling && !content.blocksOf("fallback").isEmpty()) {
        falling = true;
        fallbacks(content, fallbacks);
      }
    }
    Optional<Method> method = methodical.flatMap(this::named);
    boolean plain = method.filter(AesGcm.class::isInstance).isEmpty();
    boolean explained = diagnostics.hasErrors() || arguments.isLacking();
    if (enforced && !explained && (plain || fallbacks.contains(Method.UNENCRYPTED))) {
      error(
          "not-encrypted",
          "The " + kind + " would not be encrypted",
          "enforced = true asks for a method that encrypts, and for no fallback without encryption."
              + " Name one, here or in PGHA_ENCRYPTION, or take enforced away.",
          written.getLast());
    } else if (methodical.isPresent() && method.isEmpty() && !explained) {
      error(
          "not-encrypted",
          "The " + kind + " would not be encrypted",
          "The method that it names has no key.",
          written.getFirst());
    }
    return new Encryption(method.orElse(Method.UNENCRYPTED), fallbacks);
  }

  private void fallbacks(BodyContent content, List<Method> found) {
    List<Block> written = content.blocksOf("fallback");
    if (written.size() > 1) {
      error(
          "duplicate-block",
          "Duplicate fallback block",
          "There is one at most; a second one stands inside of it.",
          written.get(1));
    }
    for (Block block : written) {
      BodyContent fallback = block.body().content(FALLBACK, diagnostics);
      named(fallback).ifPresent(found::add);
      fallbacks(fallback, found);
    }
  }

  private Optional<Method> named(BodyContent content) {
    return arguments
        .reference(content, METHOD, METHOD)
        .flatMap(name -> declared(content, METHOD, METHOD + "." + name, methods));
  }

  private <T> Optional<T> declared(
      BodyContent content, String argument, String name, Map<String, Optional<T>> all) {
    Optional<T> found = all.get(name);
    if (found == null) {
      arguments.refuse(
          content,
          argument,
          "There is no "
              + name
              + "."
              + NearestName.of(name, all.keySet())
                  .map(near -> " Did you mean " + near + "?")
                  .orElse(""));
      return Optional.empty();
    }
    return found;
  }

  private Optional<Method> method(Block block) {
    return switch (block.label(0)) {
      case "aes_gcm" -> {
        BodyContent content = block.body().content(AES_GCM, diagnostics);
        yield arguments
            .reference(content, "keys", KEY_PROVIDER)
            .flatMap(name -> declared(content, "keys", KEY_PROVIDER + "." + name, providers))
            .map(AesGcm::new);
      }
      case "unencrypted" -> {
        block.body().content(BodySchema.EMPTY, diagnostics);
        yield Optional.of(Method.UNENCRYPTED);
      }
      default -> {
        unknown(block, "There are \"aes_gcm\" and \"unencrypted\".");
        yield Optional.empty();
      }
    };
  }

  private Optional<KeyProvider> provider(Block block) {
    return switch (block.label(0)) {
      case Passphrase.TYPE -> passphrase(block.body().content(PASSPHRASE, diagnostics));
      case ExternalKeys.TYPE -> external(block.body().content(EXTERNAL, diagnostics));
      default -> {
        unknown(
            block,
            "There are \"pbkdf2\", which derives a key from a passphrase, and \"external\", a program"
                + " that gives one.");
        yield Optional.empty();
      }
    };
  }

  private Optional<KeyProvider> external(BodyContent content) {
    List<String> command = arguments.texts(content, "command");
    if (command.isEmpty() || command.getFirst().isEmpty()) {
      if (content.attribute("command").isPresent() && !arguments.isLacking()) {
        arguments.refuse(content, "command", "It names a program, and its arguments.");
      }
      return Optional.empty();
    }
    return Optional.of(new ExternalKeys(command, programs));
  }

  private Optional<KeyProvider> passphrase(BodyContent content) {
    Passphrase.Parameters usual = Passphrase.Parameters.DEFAULT;
    int iterations = arguments.number(content, "iterations", usual.iterations());
    int keyLength = arguments.number(content, "key_length", usual.keyLength());
    int saltLength = arguments.number(content, "salt_length", usual.saltLength());
    if (iterations < FEWEST_ITERATIONS || iterations > Passphrase.MOST_ITERATIONS) {
      arguments.refuse(
          content,
          "iterations",
          "They are %d to %d: fewer make a passphrase easy to guess."
              .formatted(FEWEST_ITERATIONS, Passphrase.MOST_ITERATIONS));
    }
    if (!AesGcm.isKeyLength(keyLength)) {
      arguments.refuse(content, "key_length", "Keys have 16, 24 or 32 bytes.");
    }
    if (saltLength < 16 || saltLength > Passphrase.MOST_SALT) {
      arguments.refuse(
          content, "salt_length", "A salt has 16 to " + Passphrase.MOST_SALT + " bytes.");
    }
    Passphrase.Hash hash = usual.hash();
    Optional<String> named = arguments.text(content, "hash_function");
    if (named.isPresent()) {
      Optional<Passphrase.Hash> known = Passphrase.Hash.of(named.get());
      if (known.isEmpty()) {
        arguments.refuse(content, "hash_function", "It is \"sha256\" or \"sha512\".");
      }
      hash = known.orElse(hash);
    }
    Optional<String> passphrase = arguments.secret(content, "passphrase");
    if (passphrase.filter(text -> text.codePointCount(0, text.length()) < SHORTEST).isPresent()) {
      arguments.refuse(content, "passphrase", "It has %d characters at least.".formatted(SHORTEST));
      return Optional.empty();
    }
    Passphrase.Parameters parameters =
        new Passphrase.Parameters(iterations, keyLength, saltLength, hash);
    return passphrase.map(text -> new Passphrase(text, parameters));
  }

  private void unknown(Block block, String known) {
    diagnostics.add(
        Diagnostic.error(
            "unknown-" + block.type().replace('_', '-'),
            "Unknown %s \"%s\"".formatted(block.type(), block.label(0)),
            known,
            block.labels().getFirst().range()));
  }

  private void error(String code, String summary, String detail, Block block) {
    diagnostics.add(Diagnostic.error(code, summary, detail, block.headerRange()));
  }
}
