package io.pgha.ssh.step;

import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import io.pgha.ssh.script.CurlConfig;
import io.pgha.ssh.script.SqlCommands;
import java.util.Optional;
import java.util.TreeSet;

/** HTTP requests and SQL. */
final class RequestSteps {
  private RequestSteps() {}

  static Optional<String> objection(Step.SendHttp send) {
    String all =
        send.method()
            + send.url()
            + StepScript.reveal(send.body())
            + send.credentials().map(user -> user.username() + user.password()).orElse("");
    return all.indexOf('\0') >= 0
        ? Optional.of("a request can't hold a NUL character")
        : Optional.empty();
  }

  static Optional<String> objection(Step.RunSql sql) {
    return (sql.socketDirectory() + sql.database() + StepScript.reveal(sql.sql())).indexOf('\0')
            >= 0
        ? Optional.of("SQL can't hold a NUL character")
        : Optional.empty();
  }

  static String send(Step.SendHttp send, String nonce) {
    StringBuilder config = new StringBuilder("silent\ngloboff\npath-as-is\nproxy = \"\"\n");
    config.append("proto = \"=http,https\"\n");
    config.append(send.method().equals("HEAD") ? "head\n" : "");
    CurlConfig.option(config, "request", send.method());
    CurlConfig.option(config, "url", send.url());
    CurlConfig.option(config, "max-time", String.valueOf(Math.max(1, send.timeout().toSeconds())));
    if (!send.body().isEmpty()) {
      config.append("header = \"Content-Type: application/json\"\n");
      config.append("data-binary = \"@/dev/fd/3\"\n");
    }
    send.credentials()
        .ifPresent(
            user -> CurlConfig.option(config, "user", user.username() + ":" + user.password()));
    config
        .append("write-out = \"\\n")
        .append(nonce)
        .append(" %{http_code} %{exitcode} %{errormsg}\"\n");
    String accepted =
        String.join("|", new TreeSet<>(send.accepted().stream().map(String::valueOf).toList()));
    return "command -v curl >/dev/null || fail \"curl is not installed on the machine\"\n"
        + "W="
        + Shell.quote(send.method() + " " + send.url())
        + "\n"
        + "r=$(printf %s "
        + Shell.quote(StepScript.reveal(send.body()))
        + " | { exec 3<&0\nprintf %s "
        + Shell.quote(config.toString())
        + " | curl -q --config - ; })\n"
        + """
        b=${r%%?%1$s *}
        r=${r##*%1$s }
        s=${r%%%% *}
        r=${r#* }
        x=${r%%%% *}
        printf '%%s\\n' "$b"
        [ "$x" = 0 ] || fail "$W got no answer: ${r#* }"
        case $s in %2$s) ;; *) fail "$W was answered with status $s: $(printf %%s "$b" | head -c 300)";; esac
        """
            .formatted(nonce, accepted.isEmpty() ? "''" : accepted);
  }

  static String sql(Step.RunSql sql) {
    long seconds = Math.max(1, sql.timeout().toSeconds());
    return SqlCommands.FIND_PSQL
        + "[ -n \"$P\" ] || fail \"psql is not installed on the machine\"\n"
        + "printf '%s\\n' "
        + Shell.quote(StepScript.reveal(sql.sql()))
        + " | \\\n"
        // A failing statement would stand in the server's log with the secrets that it holds.
        + "PGPASSFILE=/dev/null PGCONNECT_TIMEOUT=10 PGOPTIONS="
        + Shell.quote(
            "-c log_statement=none -c log_min_error_statement=panic -c log_min_duration_statement=-1")
        + " timeout -k 5 "
        + seconds
        + " "
        + SqlCommands.AS_POSTGRES
        + " \"$P\" -X -q -v ON_ERROR_STOP=1 -v SHOW_CONTEXT=never"
        + (sql.transaction() ? " -1" : "")
        + " -h "
        + Shell.quote(sql.socketDirectory())
        + " -p "
        + sql.port()
        + " -d "
        + Shell.quote(sql.database())
        + " -f -\n"
        + """
        s=$?
        [ $s != 124 ] || fail "psql did not end within %1$d s"
        [ $s != 2 ] || fail "no PostgreSQL server answers on port %2$d"
        [ $s = 0 ] || fail "an SQL statement failed"
        """
            .formatted(seconds, sql.port());
  }
}
