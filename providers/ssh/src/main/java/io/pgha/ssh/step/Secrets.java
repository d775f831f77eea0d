package io.pgha.ssh.step;

import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What must not be shown of a machine's output: a step's secrets in the forms that programs echo.
 */
final class Secrets {
  /** A single letter hides nothing, and hiding it would make the output unreadable. */
  private static final int SHORTEST = 3;

  private final List<String> texts;

  private Secrets(Set<String> texts) {
    // Longest first: a secret may hold another.
    this.texts = texts.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  static Secrets of(Step step) {
    Set<String> texts = new LinkedHashSet<>();
    List<Fragment> fragments =
        switch (step) {
          case Step.WriteFile file -> file.content();
          case Step.RunScript run -> run.input();
          case Step.RunSql sql -> sql.sql();
          case Step.SendHttp send -> {
            send.credentials()
                .ifPresent(user -> {
                  add(texts, user.password());
                  add(texts, base64(user.username() + ":" + user.password()));
                });
            yield send.body();
          }
          case Step.MakeDirectory directory -> List.of();
          case Step.SetPermissions permissions -> List.of();
          case Step.RemovePath remove -> List.of();
          case Step.InstallPackages install -> List.of();
          case Step.RefreshPackageLists refresh -> List.of();
          case Step.HoldPackages hold -> List.of();
          case Step.UnitAction action -> List.of();
          case Step.Await await -> List.of();
        };
    for (Fragment fragment : fragments) {
      if (fragment.secret()) {
        add(texts, fragment.text());
        fragment.text().lines().map(String::strip).forEach(line -> add(texts, line));
      }
    }
    return new Secrets(texts);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(Set<String> texts, String secret) {
    if (secret.strip().length() < SHORTEST) {
      return;
    }
    List<String> forms = new ArrayList<>(List.of(secret));
    forms.add(secret.replace("'", "''"));
    forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
    // A literal of SQL or JSON is often shown without its quotes.
    if (secret.length() > SHORTEST + 2
        && secret.charAt(0) == secret.charAt(secret.length() - 1)
        && "'\"".indexOf(secret.charAt(0)) >= 0) {
      forms.add(secret.substring(1, secret.length() - 1));
    }
    texts.addAll(forms);
  }

  String hide(String text) {
    String hidden = text;
    for (String secret : texts) {
      hidden = hidden.replace(secret, Fragment.HIDDEN);
    }
    return hidden;
  }
}
