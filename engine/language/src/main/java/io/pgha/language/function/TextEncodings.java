package io.pgha.language.function;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The encodings of text that functions know, by the names and aliases that IANA registered for
 * them; Java knows some of them by other names and has more names than IANA.
 */
final class TextEncodings {
  /**
   * A line for each: what Java calls it, and what IANA does. Where Java has several tables for a
   * name it is the one that the WHATWG Encoding Standard has for it, as in Go.
   */
  private static final String TABLE =
      """
      Big5-HKSCS Big5 csBig5
      x-eucJP-Open EUC-JP Extended_UNIX_Code_Packed_Format_for_Japanese csEUCPkdFmtJapanese
      x-windows-949 EUC-KR csEUCKR
      GB18030 GB18030 csGB18030
      x-mswin-936 GBK csGBK CP936 MS936 windows-936
      IBM00858 IBM00858 CCSID00858 CP00858 PC-Multilingual-850+euro
      IBM01140 IBM01140 CCSID01140 CP01140 csIBM01140
      IBM037 IBM037 cp037 csIBM037 ebcdic-cp-ca ebcdic-cp-nl ebcdic-cp-us ebcdic-cp-wt
      IBM1047 IBM1047 IBM-1047 csIBM1047
      IBM437 IBM437 437 cp437 csPC8CodePage437
      IBM850 IBM850 850 cp850 csPC850Multilingual
      IBM852 IBM852 852 cp852 csPCp852
      IBM855 IBM855 855 cp855
      IBM860 IBM860 860 cp860 csIBM860
      IBM862 IBM862 862 cp862 csPC862LatinHebrew
      IBM863 IBM863 863 cp863 csIBM863
      IBM865 IBM865 865 cp865 csIBM865
      IBM866 IBM866 866 cp866 csIBM866
      x-windows-iso2022jp ISO-2022-JP csISO2022JP
      ISO-8859-1 ISO-8859-1 ISO_8859-1 ISO_8859-1:1987 IBM819 cp819 csISOLatin1 iso-ir-100 l1 latin1
      ISO-8859-2 ISO-8859-2 ISO_8859-2 ISO_8859-2:1987 csISOLatin2 iso-ir-101 l2 latin2
      ISO-8859-3 ISO-8859-3 ISO_8859-3 ISO_8859-3:1988 csISOLatin3 iso-ir-109 l3 latin3
      ISO-8859-4 ISO-8859-4 ISO_8859-4 ISO_8859-4:1988 csISOLatin4 iso-ir-110 l4 latin4
      ISO-8859-5 ISO-8859-5 ISO_8859-5 ISO_8859-5:1988 csISOLatinCyrillic cyrillic iso-ir-144
      ISO-8859-6 ISO-8859-6 ISO_8859-6 ISO_8859-6:1987 csISOLatinArabic arabic iso-ir-127
      ISO-8859-6 ASMO-708 ECMA-114 ISO-8859-6-E ISO-8859-6-I
      ISO-8859-7 ISO-8859-7 ISO_8859-7 ISO_8859-7:1987 csISOLatinGreek greek greek8 iso-ir-126
      ISO-8859-7 ECMA-118 ELOT_928
      ISO-8859-8 ISO-8859-8 ISO_8859-8 ISO_8859-8:1988 csISOLatinHebrew hebrew iso-ir-138
      ISO-8859-8 ISO-8859-8-E ISO-8859-8-I
      ISO-8859-9 ISO-8859-9 ISO_8859-9 ISO_8859-9:1989 csISOLatin5 iso-ir-148 l5 latin5
      ISO-8859-13 ISO-8859-13
      ISO-8859-15 ISO-8859-15 ISO_8859-15 Latin-9 csISO885915
      ISO-8859-16 ISO-8859-16 ISO_8859-16 ISO_8859-16:2001 csISO885916 iso-ir-226 l10 latin10
      KOI8-R KOI8-R csKOI8R
      KOI8-U KOI8-U csKOI8U
      windows-31j Shift_JIS MS_Kanji csShiftJIS
      US-ASCII US-ASCII ANSI_X3.4-1968 ANSI_X3.4-1986 IBM367 cp367 csASCII iso-ir-6 us
      US-ASCII ISO646-US ISO_646.irv:1991
      UTF-8 UTF-8 csUTF8
      UTF-16 UTF-16 csUTF16
      UTF-16BE UTF-16BE csUTF16BE
      UTF-16LE UTF-16LE csUTF16LE
      x-MacRoman macintosh mac csMacintosh
      x-windows-874 windows-874 cswindows874
      windows-1250 windows-1250 cswindows1250
      windows-1251 windows-1251 cswindows1251
      windows-1252 windows-1252 cswindows1252
      windows-1253 windows-1253 cswindows1253
      windows-1254 windows-1254 cswindows1254
      windows-1255 windows-1255 cswindows1255
      windows-1256 windows-1256 cswindows1256
      windows-1257 windows-1257 cswindows1257
      windows-1258 windows-1258 cswindows1258
      """;

  private TextEncodings() {}

  /** Read when first asked for. */
  private static final class Names {
    private static final Map<String, String> JAVA_NAMES = read();

    private static Map<String, String> read() {
      Map<String, String> names = new HashMap<>();
      for (String line : TABLE.lines().toList()) {
        String[] words = line.split(" ");
        for (int i = 1; i < words.length; i++) {
          names.put(words[i].toLowerCase(Locale.ROOT), words[0]);
        }
      }
      return names;
    }
  }

  /** The encoding of that name in any case, if it is known. */
  static Optional<Charset> named(String name) {
    return Optional.ofNullable(Names.JAVA_NAMES.get(name.toLowerCase(Locale.ROOT)))
        .filter(Charset::isSupported)
        .map(Charset::forName);
  }
}
