package io.pgha.provider.patroni;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is told of roles and databases that are not as they were last applied. */
final class InsideDrift {
  /** With these a role may do what others may not. */
  private static final Set<String> POWERS =
      Set.of("superuser", "create_role", "replication", "bypass_rls", "inherit", "valid_until");

  private InsideDrift() {}

  static List<Difference> ofRole(String role, List<Difference> differences) {
    List<Difference> told = new ArrayList<>();
    for (Difference each : differences) {
      String name = each.subject().replaceFirst("[.\\[].*", "");
      told.add(
          switch (each.code()) {
            case "gone" ->
                PatroniFinding.ROLE_MISSING
                    .on("", "", "there", "not there")
                    .because("Who logs in as " + role + ", or has rights by it, no longer can.");
            case "attribute" -> attribute(each, name);
            default -> each;
          });
    }
    return told;
  }

  private static Difference attribute(Difference each, String name) {
    if (name.equals("password")) {
      return PatroniFinding.ROLE_PASSWORD
          .like(each)
          .because("Somebody else set it, and may log in with it.");
    }
    if (name.equals("member_of")) {
      return PatroniFinding.ROLE_MEMBERSHIP.like(each);
    }
    Difference told = PatroniFinding.ROLE_ATTRIBUTE.like(each);
    boolean maySuddenlyLogIn = name.equals("login") && each.found().equals("true");
    return POWERS.contains(name) || maySuddenlyLogIn ? told.graded(Grade.SECURITY) : told;
  }

  static List<Difference> ofDatabase(String database, List<Difference> differences) {
    List<Difference> told = new ArrayList<>();
    for (Difference each : differences) {
      told.add(
          switch (each.code()) {
            case "gone" ->
                PatroniFinding.DATABASE_MISSING
                    .on("", "", "there", "not there")
                    .because(
                        "Somebody dropped "
                            + database
                            + ". An apply makes an empty one: bring its data back from a backup.");
            case "fixed-attribute" ->
                PatroniFinding.DATABASE_REMADE
                    .like(each)
                    .because(
                        "It can't be changed once a database is made: somebody made another one"
                            + " under this name.");
            case "attribute" ->
                each.subject().equals("owner")
                    ? PatroniFinding.DATABASE_OWNER
                        .like(each)
                        .because("Whoever owns a database may drop it.")
                    : PatroniFinding.DATABASE_ATTRIBUTE.like(each);
            default -> each;
          });
    }
    return told;
  }
}
