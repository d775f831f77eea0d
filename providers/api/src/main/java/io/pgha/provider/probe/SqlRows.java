package io.pgha.provider.probe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that a query gave.
 *
 * @param columns the columns' names
 * @param rows each row's values in the columns' order; empty for an SQL null
 */
public record SqlRows(List<String> columns, List<List<Optional<String>>> rows) {
  public SqlRows {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The value of a column in a row; empty for an SQL null or an unknown column. */
  public Optional<String> value(int row, String column) {
    int index = columns.indexOf(column);
    return index < 0 ? Optional.empty() : rows.get(row).get(index);
  }

  /** The first row by column name without its nulls; empty where there is no row. */
  public Map<String, String> first() {
    java.util.TreeMap<String, String> values = new java.util.TreeMap<>();
    if (!rows.isEmpty()) {
      columns.forEach(column -> value(0, column).ifPresent(text -> values.put(column, text)));
    }
    return values;
  }
}
