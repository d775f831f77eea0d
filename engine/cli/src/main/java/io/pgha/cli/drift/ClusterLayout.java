package io.pgha.cli.drift;

import io.pgha.cli.drift.Cluster.Host;
import io.pgha.cli.drift.Cluster.Link;
import io.pgha.cli.drift.Cluster.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster's machines are drawn: row by row, from where clients come in down to where data
 * lies, what is on a machine in its box.
 *
 * @param clients where the clients are; null where none come in
 * @param boxes the machines' places
 * @param arrows the ways of connections
 */
record ClusterLayout(
    @Nullable Spot clients, List<Box> boxes, List<Arrow> arrows, double width, double height) {
  static final double HEADER = 50;
  static final double PART = 44;
  static final double PADDING = 9;

  /** More arrows than this between two rows are drawn as one. */
  private static final int MOST_ARROWS = 30;

  /** More parts of a machine than this are not drawn. */
  private static final int MOST_PARTS = 12;

  private static final double GAP = 16;
  private static final double ROW_GAP = 46;
  private static final double LINE_GAP = 18;
  private static final double CLIENTS_WIDTH = 110;
  private static final double CLIENTS_HEIGHT = 30;

  /** A place: its upper left corner and its size. */
  record Spot(double x, double y, double width, double height) {
    double middle() {
      return x + width / 2;
    }

    double bottom() {
      return y + height;
    }
  }

  /** A machine's place and those of what is on it; with fewer of these than there are if many. */
  record Box(Host host, Spot spot, List<Placed> parts) {
    Box {
      parts = List.copyOf(parts);
    }

    int left() {
      return host.parts().size() - parts.size();
    }
  }

  /** The place of what is on a machine. */
  record Placed(Part part, Spot spot) {}

  /**
   * A way from a point to another.
   *
   * @param style {@code main} for the way that connections take now, {@code all} for one that
   *     stands for many, else {@code way}
   */
  record Arrow(double fromX, double fromY, double toX, double toY, String style) {}

  /** Places a cluster with at most so many machines beside each other. */
  static ClusterLayout of(Cluster cluster, int columns, double hostWidth) {
    return new Builder(cluster, columns, hostWidth).layout();
  }

  private static final class Builder {
    private final Cluster cluster;
    private final double hostWidth;
    private final int columns;
    private final double width;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final Map<String, Box> homes = new HashMap<>();
    private final Map<Box, Integer> groups = new HashMap<>();
    private final List<List<Host>> rows;
    private final List<Double> tops = new ArrayList<>();
    private final List<Double> bottoms = new ArrayList<>();

    Builder(Cluster cluster, int columns, double hostWidth) {
      this.cluster = cluster;
      this.hostWidth = hostWidth;
      Map<Tier, List<Host>> tiers = new TreeMap<>();
      cluster.hosts().stream()
          .filter(host -> !host.name().isEmpty())
          .forEach(host -> tiers.computeIfAbsent(host.tier(), t -> new ArrayList<>()).add(host));
      this.rows = List.copyOf(tiers.values());
      int widest = rows.stream().mapToInt(List::size).max().orElse(1);
      this.columns = Math.min(columns, widest);
      this.width = this.columns * (hostWidth + LINE_GAP) - LINE_GAP;
    }

    ClusterLayout layout() {
      boolean entered = cluster.links().stream().anyMatch(link -> link.from().isEmpty());
      Spot clients =
          entered ? new Spot((width - CLIENTS_WIDTH) / 2, 0, CLIENTS_WIDTH, CLIENTS_HEIGHT) : null;
      double y = clients == null ? 0 : clients.bottom() + ROW_GAP;
      for (int row = 0; row < rows.size(); row++) {
        tops.add(y);
        y = row(rows.get(row), row, y);
        bottoms.add(y);
        y += ROW_GAP;
      }
      for (Host host : cluster.hosts()) {
        if (host.name().isEmpty()) {
          y = wide(host, y - (rows.isEmpty() ? 0 : ROW_GAP - LINE_GAP)) + ROW_GAP;
        }
      }
      if (clients != null) {
        entries(clients);
      }
      inner();
      between();
      return new ClusterLayout(
          clients, List.copyOf(boxes), List.copyOf(arrows), width, Math.max(0, y - ROW_GAP));
    }

    /** Machines of one tier, in as many lines as they need. */
    private double row(List<Host> hosts, int group, double top) {
      double y = top;
      for (int start = 0; start < hosts.size(); start += columns) {
        List<Host> line = hosts.subList(start, Math.min(start + columns, hosts.size()));
        double height = line.stream().mapToDouble(host -> height(shown(host))).max().orElse(HEADER);
        double x = (width - line.size() * (hostWidth + LINE_GAP) + LINE_GAP) / 2;
        for (Host host : line) {
          List<Placed> parts = new ArrayList<>();
          double at = y + HEADER;
          for (Part part : host.parts().subList(0, shown(host))) {
            parts.add(new Placed(part, new Spot(x + PADDING, at, hostWidth - 2 * PADDING, PART)));
            at += PART + GAP;
          }
          add(new Box(host, new Spot(x, y, hostWidth, height), parts), group);
          x += hostWidth + LINE_GAP;
        }
        y += height + LINE_GAP;
      }
      return y - LINE_GAP;
    }

    private static int shown(Host host) {
      return Math.min(host.parts().size(), MOST_PARTS);
    }

    private static double height(int parts) {
      return HEADER + (parts == 0 ? 0 : parts * (PART + GAP) - GAP + PADDING);
    }

    /** What is on no single machine, side by side. */
    private double wide(Host host, double y) {
      List<Placed> parts = new ArrayList<>();
      double partWidth = (width - PADDING * (columns + 1)) / columns;
      int shown = Math.min(host.parts().size(), MOST_PARTS * columns);
      for (int i = 0; i < shown; i++) {
        double x = PADDING + (i % columns) * (partWidth + PADDING);
        int line = i / columns;
        double at = y + HEADER + line * (PART + PADDING);
        parts.add(new Placed(host.parts().get(i), new Spot(x, at, partWidth, PART)));
      }
      int lines = (shown + columns - 1) / columns;
      double height = HEADER + lines * (PART + PADDING);
      add(new Box(host, new Spot(0, y, width, height), parts), rows.size());
      return y + height;
    }

    private void add(Box box, int group) {
      boxes.add(box);
      groups.put(box, group);
      box.host().parts().forEach(part -> homes.put(part.token(), box));
    }

    private Box home(String token) {
      return Objects.requireNonNull(homes.get(token), token);
    }

    private int group(Box box) {
      return Objects.requireNonNull(groups.get(box), box.host().name());
    }

    private boolean wraps(int group) {
      return group >= rows.size() || rows.get(group).size() > columns;
    }

    private void entries(Spot clients) {
      if (rows.isEmpty() || wraps(0)) {
        arrows.add(
            new Arrow(
                clients.middle(), clients.bottom(), width / 2, clients.bottom() + ROW_GAP, "all"));
        return;
      }
      for (Link link : cluster.links()) {
        if (link.from().isEmpty() && group(home(link.to())) == 0) {
          Spot to = home(link.to()).spot();
          arrows.add(
              new Arrow(clients.middle(), clients.bottom(), to.middle(), to.y(), style(link)));
        }
      }
    }

    private static String style(Link link) {
      return link.main() ? "main" : "way";
    }

    /** From part to part of the same machine, where nothing lies between. */
    private void inner() {
      for (Box box : boxes) {
        for (int i = 1; i < box.parts().size() && !box.host().name().isEmpty(); i++) {
          Placed from = box.parts().get(i - 1);
          Placed to = box.parts().get(i);
          cluster.links().stream()
              .filter(link -> link.from().equals(from.part().token()))
              .filter(link -> link.to().equals(to.part().token()))
              .forEach(link ->
                  arrows.add(
                      new Arrow(
                          from.spot().middle(),
                          from.spot().bottom(),
                          to.spot().middle(),
                          to.spot().y(),
                          style(link))));
        }
      }
    }

    /** From each row to the next. */
    private void between() {
      for (int row = 0; row + 1 < rows.size(); row++) {
        Map<String, Arrow> ways = new TreeMap<>();
        for (Link link : cluster.links()) {
          if (link.from().isEmpty()) {
            continue;
          }
          Box from = home(link.from());
          Box to = home(link.to());
          if (group(from) == row && group(to) == row + 1) {
            Arrow way =
                new Arrow(
                    from.spot().middle(),
                    from.spot().bottom(),
                    to.spot().middle(),
                    to.spot().y(),
                    style(link));
            ways.merge(
                from.host().token() + " " + to.host().token(),
                way,
                (one, other) -> one.style().equals("main") ? one : other);
          }
        }
        if (ways.size() > MOST_ARROWS || (!ways.isEmpty() && (wraps(row) || wraps(row + 1)))) {
          arrows.add(new Arrow(width / 2, bottoms.get(row), width / 2, tops.get(row + 1), "all"));
        } else {
          arrows.addAll(ways.values());
        }
      }
    }
  }
}
