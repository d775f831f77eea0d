package io.pgha.language.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceRangeTests {
  private final SourceFile file = SourceFile.of("main.pgha.hcl", "a = 1\nb = \"é̄x\"\n");

  @Test
  void aRangeOfATextKnowsItsLinesAndColumns() {
    SourceRange range = file.range(10, 15);

    assertThat(range.file()).isEqualTo("main.pgha.hcl");
    assertThat(range.start()).isEqualTo(new SourcePosition(10, 2, 5));
    // Two characters of Unicode make one that is seen.
    assertThat(range.end()).isEqualTo(new SourcePosition(15, 2, 9));
    assertThat(range).hasToString("main.pgha.hcl:2,5");
  }

  @Test
  void oneThatWasToldIsTheSameAsOneOfTheText() {
    SourceRange told =
        SourceRange.of("main.pgha.hcl", new SourcePosition(10, 2, 5), new SourcePosition(15, 2, 9));

    assertThat(told).isEqualTo(file.range(10, 15)).hasSameHashCodeAs(file.range(10, 15));
    assertThat(file.range(10, 15)).isEqualTo(told);
    assertThat(told).isNotEqualTo(file.range(10, 14)).isNotEqualTo(file.range(9, 15));
    assertThat(told).isNotEqualTo(SourceRange.of("other.pgha.hcl", told.start(), told.end()));
  }

  @Test
  void rangesAreJoined() {
    SourceRange told = SourceRange.of("main.pgha.hcl", at(4), at(5));

    assertThat(file.range(0, 1).to(file.range(4, 5))).isEqualTo(file.range(0, 5));
    assertThat(file.range(0, 1).to(told)).isEqualTo(file.range(0, 5));
    assertThat(told.to(file.range(6, 7))).isEqualTo(file.range(4, 7));
    assertThat(file.range(4, 5).first()).isEqualTo(file.range(4, 4));
    assertThat(told.first()).isEqualTo(file.range(4, 4));
  }

  @Test
  void rangesOverlapWhereTheyHaveAPartInCommon() {
    SourceRange range = file.range(2, 5);

    assertThat(range.overlaps(file.range(4, 8))).isTrue();
    assertThat(range.overlaps(file.range(3, 3))).isTrue();
    assertThat(range.overlaps(file.range(5, 8))).isFalse();
    assertThat(range.overlaps(file.range(0, 2))).isFalse();
    assertThat(range.overlaps(SourceRange.of("main.pgha.hcl", at(4), at(5)))).isTrue();
    assertThat(range.overlaps(SourceRange.of("other.pgha.hcl", at(4), at(5)))).isFalse();
  }

  private SourcePosition at(int offset) {
    return file.position(offset);
  }
}
