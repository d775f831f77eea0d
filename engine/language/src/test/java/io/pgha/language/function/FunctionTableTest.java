package io.pgha.language.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FunctionTableTest {
  /** The functions of Terraform 1.11, as its command {@code metadata functions} lists them. */
  private static final String TERRAFORM =
      """
      abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512
      basename bcrypt can ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce
      coalescelist compact concat contains csvdecode dirname distinct element endswith
      ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset
      filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent index
      issensitive join jsondecode jsonencode keys length log lookup lower matchkeys max md5 merge
      min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace
      reverse rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256
      sha512 signum slice sort split startswith strcontains strrev substr sum templatefile
      templatestring textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist
      tomap tonumber toset tostring transpose trim trimprefix trimspace trimsuffix try upper
      urlencode uuid uuidv5 values yamldecode yamlencode zipmap
      """;

  @Test
  void has_every_function_of_Terraform() {
    assertThat(FunctionTable.standard().names())
        .containsAll(Arrays.asList(TERRAFORM.strip().split("\\s+")));
    assertThat(TERRAFORM.strip().split("\\s+")).hasSize(118);
  }

  @Test
  void has_a_sentence_on_every_function() {
    assertThat(FunctionTable.standard().functions().values())
        .allSatisfy(function -> assertThat(function.description()).endsWith("."));
  }

  /** The test vector of the jBCrypt and OpenBSD suites for the empty password. */
  @Test
  void hashes_with_bcrypt_as_others_do() {
    byte[] salt = {
      0x14,
      0x4b,
      0x3d,
      0x69,
      0x1a,
      0x7b,
      0x4e,
      (byte) 0xcf,
      0x39,
      (byte) 0xcf,
      0x73,
      0x5c,
      0x7f,
      (byte) 0xa7,
      (byte) 0xa7,
      (byte) 0x9c
    };

    assertThat(Bcrypt.hash("".getBytes(StandardCharsets.UTF_8), 6, salt))
        .isEqualTo("$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.");
  }
}
