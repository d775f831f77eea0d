package io.pgha.language.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributePathTests {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a.b", "a[\"k\"]", "a[\"q\\\"u\\\\o]te\"].b[12].c", "[0]", "[\"k\"].a"})
  void itsTextIsReadBack(String text) {
    assertThat(AttributePath.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".a", "a.", "a..b", "a[", "a[]", "a[x]", "a[\"k]", "a[1]b", "a[99999999999]"})
  void whatIsNoPathIsToldSo(String text) {
    assertThatThrownBy(() -> AttributePath.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" is no path of an attribute such as parameters[\"work_mem\"]");
  }
}
