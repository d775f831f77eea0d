package io.pgha.cli.drift;

import io.pgha.cli.drift.Cluster.Host;
import io.pgha.cli.drift.Cluster.Part;
import io.pgha.cli.drift.ClusterLayout.Arrow;
import io.pgha.cli.drift.ClusterLayout.Box;
import io.pgha.cli.drift.ClusterLayout.Placed;
import io.pgha.cli.drift.ClusterLayout.Spot;
import io.pgha.cli.view.SvgWriter;
import java.util.Comparator;
import java.util.List;

/** Draws a cluster as SVG; each machine and each part of it can be picked. */
final class ClusterDrawing {
  /** More machines than this are not drawn; those with something to tell come first. */
  static final int MOST_HOSTS = 120;

  private static final double MARGIN = 6;
  private static final double TITLE_CHARACTER = 7.4;
  private static final double CAPTION_CHARACTER = 6.1;
  private static final int WIDE_COLUMNS = 5;
  private static final double WIDE_HOST = 205;
  private static final double NARROW_HOST = 284;

  private final SvgWriter out;

  private ClusterDrawing(SvgWriter out) {
    this.out = out;
  }

  /** For a desk: machines of a tier beside each other. */
  static String wide(Cluster cluster, String label) {
    return draw(cluster, WIDE_COLUMNS, WIDE_HOST, label);
  }

  /** For a phone: one machine below the other. */
  static String narrow(Cluster cluster, String label) {
    return draw(cluster, 1, NARROW_HOST, label);
  }

  /** The cluster without machines that are too many to draw. */
  static Cluster drawable(Cluster cluster) {
    if (cluster.hosts().size() <= MOST_HOSTS) {
      return cluster;
    }
    List<Host> kept =
        cluster.hosts().stream()
            .sorted(Comparator.comparing(host -> host.mark().isClean()))
            .limit(MOST_HOSTS)
            .sorted(Comparator.comparingInt(host -> cluster.hosts().indexOf(host)))
            .toList();
    List<String> there =
        kept.stream().flatMap(host -> host.parts().stream()).map(Part::token).toList();
    return new Cluster(
        kept,
        cluster.links().stream()
            .filter(link -> link.from().isEmpty() || there.contains(link.from()))
            .filter(link -> there.contains(link.to()))
            .toList());
  }

  private static String draw(Cluster cluster, int columns, double hostWidth, String label) {
    ClusterLayout layout = ClusterLayout.of(cluster, columns, hostWidth);
    return SvgWriter.draw(
        layout.width() + 2 * MARGIN,
        layout.height() + 2 * MARGIN,
        "cluster",
        "group",
        label,
        out -> new ClusterDrawing(out).draw(layout));
  }

  private void draw(ClusterLayout layout) {
    out.open("g", "transform", "translate(" + MARGIN + "," + MARGIN + ")");
    Spot clients = layout.clients();
    if (clients != null) {
      out.open("g", "class", "clients");
      out.rectangle("frame", clients.x(), clients.y(), clients.width(), clients.height(), 15);
      out.text("name", clients.middle(), clients.y() + 20, "clients");
      out.close();
    }
    layout.boxes().forEach(this::host);
    layout.arrows().forEach(this::arrow);
    layout.boxes().forEach(box -> box.parts().forEach(part -> part(box.host(), part)));
    out.close();
  }

  private void arrow(Arrow arrow) {
    double middle = (arrow.fromY() + arrow.toY()) / 2;
    String path =
        "M%s,%sC%s,%s %s,%s %s,%s"
            .formatted(
                SvgWriter.number(arrow.fromX()),
                SvgWriter.number(arrow.fromY()),
                SvgWriter.number(arrow.fromX()),
                SvgWriter.number(middle),
                SvgWriter.number(arrow.toX()),
                SvgWriter.number(middle),
                SvgWriter.number(arrow.toX()),
                SvgWriter.number(arrow.toY()));
    out.empty("path", "class", "arrow " + arrow.style(), "d", path);
    out.attributes("marker-end", "url(#arrow)");
  }

  private void host(Box box) {
    Host host = box.host();
    Spot spot = box.spot();
    String name = host.name().isEmpty() ? "On no single host" : host.name();
    pick(host.token(), "host", host.mark(), name + ": " + host.mark().text());
    frame(spot, 9, host.mark());
    double space = spot.width() - 28;
    out.text("name", spot.x() + 14, spot.y() + 21, fitting(name, space, TITLE_CHARACTER));
    String more = box.left() > 0 ? "; " + box.left() + " more are not drawn" : "";
    String said = host.mark().text() + more;
    out.text("said", spot.x() + 14, spot.y() + 38, fitting(said, space, CAPTION_CHARACTER));
    out.close();
  }

  private void part(Host host, Placed placed) {
    Part part = placed.part();
    Spot spot = placed.spot();
    String role = part.role().replace('_', ' ');
    String called =
        part.address()
            + (host.name().isEmpty() ? "" : " on " + host.name())
            + (role.isEmpty() ? "" : ", " + role);
    pick(part.token(), "part", part.mark(), called + ": " + part.mark().text());
    frame(spot, 6, part.mark());
    double space = spot.width() - 26;
    String title = part.tier().title().isEmpty() ? shortName(part, host) : part.tier().title();
    String caption = part.tier().title().isEmpty() ? "" : shortName(part, host);
    double roleSpace = role.isEmpty() ? 0 : (role.length() + 1) * CAPTION_CHARACTER;
    out.text(
        "title",
        spot.x() + 14,
        spot.y() + (caption.isEmpty() && part.mark().isClean() ? 27 : 18),
        fitting(title, space - roleSpace, TITLE_CHARACTER));
    if (!role.isEmpty()) {
      out.text(
          part.leads() ? "role leads" : "role", spot.x() + spot.width() - 12, spot.y() + 18, role);
    }
    String said = part.mark().isClean() ? caption : part.mark().text();
    if (!said.isEmpty()) {
      out.text(
          part.mark().isClean() ? "caption" : "said",
          spot.x() + 14,
          spot.y() + 35,
          fitting(said, space, CAPTION_CHARACTER));
    }
    out.close();
  }

  private void pick(String token, String kind, Mark mark, String said) {
    out.open("g", "class", "pick " + kind + " " + mark.style(), "role", "button");
    out.attributes("tabindex", "0", "aria-pressed", "false", "data-pick", token);
    out.attributes("aria-label", said);
    out.element("title", said);
  }

  private void frame(Spot spot, int radius, Mark mark) {
    out.rectangle("frame", spot.x(), spot.y(), spot.width(), spot.height(), radius);
    if (!mark.silence().isEmpty()) {
      out.rectangle("hatch", spot.x(), spot.y(), spot.width(), spot.height(), radius);
    }
    out.rectangle("edge", spot.x() + 4, spot.y() + 6, 3, Math.min(spot.height(), 44) - 12, 1);
  }

  /** An address without the key that is its host's name anyway. */
  private static String shortName(Part part, Host host) {
    String key = "[\"" + host.name() + "\"]";
    String address = part.address();
    return address.endsWith(key) ? address.substring(0, address.length() - key.length()) : address;
  }

  private static String fitting(String text, double space, double character) {
    int most = Math.max(1, (int) (space / character));
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
