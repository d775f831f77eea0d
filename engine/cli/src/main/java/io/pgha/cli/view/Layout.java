package io.pgha.cli.view;

import io.pgha.cli.view.Graph.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the nodes of a graph are drawn: in columns, so that each stands to the right of all it
 * needs; within a column so that few arrows cross (barycenters, swept there and back), as near to
 * its neighbours as the others let it.
 *
 * @param boxes the nodes' places
 * @param arrows the ways of the arrows, from what is needed to what needs it
 */
record Layout(List<Box> boxes, List<Arrow> arrows, double width, double height) {
  static final double BOX_HEIGHT = 46;

  private static final double ROW_GAP = 16;
  private static final double COLUMN_GAP = 64;
  private static final double BEND_HEIGHT = 8;
  private static final double CAPTION_CHARACTER = 6.4;
  private static final double TITLE_CHARACTER = 7.7;
  private static final double PADDING = 40;
  private static final int SWEEPS = 12;

  /** A node's place: its upper left corner and its width. */
  record Box(Node node, double x, double y, double width) {}

  /** A point of a way. */
  record Point(double x, double y) {}

  /** The way of an arrow, column by column. */
  record Arrow(String needed, String needing, List<Point> way) {
    Arrow {
      way = List.copyOf(way);
    }
  }

  /** Something that takes a place in a column: a node, or the bend of an arrow. */
  private static final class Spot {
    final int column;
    final double height;
    final List<Spot> left = new ArrayList<>();
    final List<Spot> right = new ArrayList<>();
    double y;

    Spot(int column, double height) {
      this.column = column;
      this.height = height;
    }

    double center() {
      return y + height / 2;
    }
  }

  static Layout of(Graph graph) {
    return new Builder(graph.reduced()).layout();
  }

  private static final class Builder {
    private final Graph graph;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Spot> spots = new HashMap<>();
    private final List<List<Spot>> grid = new ArrayList<>();
    private final Map<String, List<Spot>> ways = new java.util.LinkedHashMap<>();

    Builder(Graph graph) {
      this.graph = graph;
    }

    Layout layout() {
      for (Node node : graph.nodes()) {
        spots.put(node.id(), place(new Spot(column(node.id()), BOX_HEIGHT)));
      }
      graph
          .needs()
          .forEach(
              (id, needed) -> needed.forEach(other -> ways.put(other + "\n" + id, way(other, id))));
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        sweep(sweep % 2 == 0);
      }
      grid.forEach(this::stack);
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        settle(sweep % 2 == 0);
      }
      return placed();
    }

    private int column(String id) {
      Integer known = columns.get(id);
      if (known != null) {
        return known;
      }
      columns.put(id, 0);
      int column = 0;
      for (String needed : graph.needsOf(id)) {
        column = Math.max(column, column(needed) + 1);
      }
      columns.put(id, column);
      return column;
    }

    private Spot spot(String id) {
      return Objects.requireNonNull(spots.get(id), id);
    }

    private Spot place(Spot spot) {
      while (grid.size() <= spot.column) {
        grid.add(new ArrayList<>());
      }
      grid.get(spot.column).add(spot);
      return spot;
    }

    /** The way of an arrow, with a bend in each column that it passes. */
    private List<Spot> way(String needed, String needing) {
      List<Spot> way = new ArrayList<>();
      way.add(spot(needed));
      for (int c = column(needed) + 1; c < column(needing); c++) {
        way.add(place(new Spot(c, BEND_HEIGHT)));
      }
      way.add(spot(needing));
      for (int i = 1; i < way.size(); i++) {
        way.get(i - 1).right.add(way.get(i));
        way.get(i).left.add(way.get(i - 1));
      }
      return way;
    }

    /** Orders each column by where its neighbours on one side stand. */
    private void sweep(boolean toTheRight) {
      List<List<Spot>> order = toTheRight ? grid : grid.reversed();
      for (List<Spot> column : order) {
        Map<Spot, Double> wanted = new HashMap<>();
        for (int i = 0; i < column.size(); i++) {
          Spot spot = column.get(i);
          List<Spot> neighbours = toTheRight ? spot.left : spot.right;
          double own = i;
          wanted.put(
              spot,
              neighbours.stream()
                  .mapToDouble(other -> relative(other))
                  .average()
                  .orElse(own / column.size()));
        }
        column.sort(Comparator.comparingDouble(wanted::get));
        numbered(column);
      }
    }

    private double relative(Spot spot) {
      return (spot.y + 0.5) / grid.get(spot.column).size();
    }

    /** Before there are places, a spot's y is its number in the column. */
    private static void numbered(List<Spot> column) {
      for (int i = 0; i < column.size(); i++) {
        column.get(i).y = i;
      }
    }

    private void stack(List<Spot> column) {
      double y = 0;
      for (Spot spot : column) {
        spot.y = y;
        y += spot.height + ROW_GAP;
      }
    }

    /** Moves each column's spots to where their neighbours are, in the order that they have. */
    private void settle(boolean toTheRight) {
      List<List<Spot>> order = toTheRight ? grid : grid.reversed();
      for (List<Spot> column : order) {
        double[] wanted = new double[column.size()];
        double offset = 0;
        for (int i = 0; i < column.size(); i++) {
          Spot spot = column.get(i);
          List<Spot> neighbours = new ArrayList<>(toTheRight ? spot.left : spot.right);
          if (neighbours.isEmpty()) {
            neighbours.addAll(toTheRight ? spot.right : spot.left);
          }
          double center =
              neighbours.stream().mapToDouble(Spot::center).average().orElse(spot.center());
          wanted[i] = center - spot.height / 2 - offset;
          offset += spot.height + ROW_GAP;
        }
        double[] nearest = neverFalling(wanted);
        offset = 0;
        for (int i = 0; i < column.size(); i++) {
          column.get(i).y = nearest[i] + offset;
          offset += column.get(i).height + ROW_GAP;
        }
      }
    }

    private Layout placed() {
      double top = spots.values().stream().mapToDouble(spot -> spot.y).min().orElse(0);
      double[] starts = new double[grid.size() + 1];
      double[] widths = new double[grid.size()];
      for (Node node : graph.nodes()) {
        int column = column(node.id());
        widths[column] = Math.max(widths[column], widthOf(node));
      }
      for (int c = 0; c < grid.size(); c++) {
        starts[c + 1] = starts[c] + widths[c] + COLUMN_GAP;
        grid.get(c).forEach(spot -> spot.y -= top);
      }
      List<Box> boxes = new ArrayList<>();
      double bottom = BOX_HEIGHT;
      for (Node node : graph.nodes()) {
        Spot spot = spot(node.id());
        boxes.add(new Box(node, starts[spot.column], spot.y, widths[spot.column]));
        bottom = Math.max(bottom, spot.y + BOX_HEIGHT);
      }
      List<Arrow> arrows = new ArrayList<>();
      ways.forEach((ends, way) -> {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < way.size(); i++) {
          Spot spot = way.get(i);
          if (i > 0) {
            points.add(new Point(starts[spot.column], spot.center()));
          }
          if (i < way.size() - 1) {
            points.add(new Point(starts[spot.column] + widths[spot.column], spot.center()));
          }
        }
        String[] names = ends.split("\n", 2);
        arrows.add(new Arrow(names[0], names[1], points));
      });
      double width = grid.isEmpty() ? 0 : starts[grid.size()] - COLUMN_GAP;
      return new Layout(List.copyOf(boxes), List.copyOf(arrows), width, bottom);
    }

    private static double widthOf(Node node) {
      return PADDING
          + Math.max(
              node.caption().length() * CAPTION_CHARACTER, node.title().length() * TITLE_CHARACTER);
    }
  }

  /**
   * The never falling sequence nearest to another, by least squares (pool adjacent violators).
   * Visible for tests.
   */
  static double[] neverFalling(double[] wanted) {
    double[] means = new double[wanted.length];
    int[] sizes = new int[wanted.length];
    int pools = 0;
    for (double value : wanted) {
      means[pools] = value;
      sizes[pools++] = 1;
      while (pools > 1 && means[pools - 2] > means[pools - 1]) {
        int size = sizes[pools - 2] + sizes[pools - 1];
        means[pools - 2] =
            (means[pools - 2] * sizes[pools - 2] + means[pools - 1] * sizes[pools - 1]) / size;
        sizes[pools - 2] = size;
        pools--;
      }
    }
    double[] nearest = new double[wanted.length];
    int at = 0;
    for (int pool = 0; pool < pools; pool++) {
      for (int i = 0; i < sizes[pool]; i++) {
        nearest[at++] = means[pool];
      }
    }
    return nearest;
  }
}
