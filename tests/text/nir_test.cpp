#include "tests/catch.hpp"

#include "spie/diagnostic.hpp"
#include "spie/nir.hpp"

#include <array>
#include <random>
#include <string>
#include <vector>

using namespace spie;

namespace {

// Nobody's: the commune 990 of Seine-et-Marne does not exist. Keys worked out by hand: 97 less the number modulo 97.
const std::vector<std::string> parts{"2", "90", "05", "77", "990", "123", "43"};
const std::string thirteen = "2900577990123", fifteen = "290057799012343", corsican = "290052A99012357";

std::string joined(const std::string &between, std::size_t count = parts.size()) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += (i == 0 ? "" : between) + parts[i];
  return text;
}

std::string each(const std::string &text, const std::string &between) {
  std::string result;
  for (const char c : text)
    result += (result.empty() ? "" : between) + c;
  return result;
}

std::string utf8(char32_t code) {
  std::string text;
  const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
  return text;
}

std::string in_digits(const std::string &text, char32_t zero) {
  std::string result;
  for (const char c : text)
    result += c >= '0' && c <= '9' ? utf8(zero + static_cast<char32_t>(c - '0')) : std::string(1, c);
  return result;
}

// Found whole: what is left of it is its first digit.
void check_found(const std::string &form) {
  CAPTURE(form);
  CHECK(without_nir("Son NIR : " + form + ", à vérifier") == "Son NIR : 2…, à vérifier");
  const auto at = find_nir(form);
  REQUIRE(at);
  const auto read = read_nir(std::string_view(form).substr(at->first, at->second));
  REQUIRE(read);
  CHECK(read->treize == (form.find('A') == std::string::npos ? thirteen : corsican.substr(0, 13)));
}

} // namespace

TEST_CASE("a NIR with its key is found whatever stands between its parts", "[nir]") {
  const std::array<std::string, 33> between{
      "",       " ",      "\n",     "\r\n",   "\t",     "/",      "_",      ",",      ", ",     ".",       "-",
      "\u00A0", "\u2007", "\u2009", "\u200A", "\u202F", "\u3000", "\u2010", "\u2011", "\u2012", "\u2013",  "\u2014",
      "\u2212", "\u200B", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u00B7", " | ",    "\xA0",   "\\u202f", "\n      "};
  for (const std::string &one : between) {
    check_found(joined(one));
    check_found(each(fifteen, one));
  }
  check_found("290 057 799 012 343"); // as a spreadsheet cuts thousands
  check_found(thirteen + " 43");
  check_found(joined(" ", 6) + " (43");
  check_found(joined(" ", 6) + " clé 43");
  check_found(joined(" ", 6) + " - CLÉ : 43");
  check_found(corsican);
  check_found("2 90 05 2A 990 123 57");
  check_found("2\u202F90\u202F05\u202F2\u202FA\u202F990\u202F123\u202F57");
}

TEST_CASE("a NIR is found in any digits", "[nir]") {
  // Fullwidth, Arabic-Indic, extended, N'Ko, Devanagari, Bengali, Thai, Khmer, Mongolian, mathematical bold and mono.
  for (const char32_t zero :
       {0xFF10U, 0x660U, 0x6F0U, 0x7C0U, 0x966U, 0x9E6U, 0xE50U, 0x17E0U, 0x1810U, 0x1D7CEU, 0x1D7F6U}) {
    for (const std::string &form : {fifteen, thirteen, joined("\u202F")})
      CHECK(without_nir("n° " + in_digits(form, zero) + ".") == "n° 2….");
    CHECK(read_nir(in_digits(fifteen, zero))->treize == thirteen);
  }
  CHECK(without_nir("²⁹⁰⁰⁵⁷⁷⁹⁹⁰¹²³⁴³") == "2…");
  CHECK(without_nir("②⑨⓪⓪⑤⑦⑦⑨⑨⓪①②③④③") == "2…");
  CHECK(without_nir("2️⃣9️⃣0️⃣0️⃣5️⃣7️⃣7️⃣9️⃣9️⃣0️⃣1️⃣2️⃣3️⃣4️⃣3️⃣") == "2…️⃣");
  CHECK(without_nir("２９００５２Ａ９９０１２３５７") == "2…");
  CHECK(without_nir("290052\u0410990123") == "2…"); // the A of Cyrillic
}

TEST_CASE("without its key a NIR is found in one piece, glued to letters or not", "[nir]") {
  CHECK(without_nir("Son NIR est 2900577990123.") == "Son NIR est 2….");
  CHECK(without_nir("NIR2900577990123X") == "NIR2…X");
  CHECK(without_nir("é2900577990123é") == "é2…é");
  CHECK(without_nir("290052a990123b") == "2…b");
  CHECK(without_nir("2900577\u200B990123") == "2…"); // what is not seen cuts nothing
  CHECK(without_nir("CAF|771|2900577990123|") == "CAF|771|2…|");
  // In pieces, two telephone numbers make thirteen digits too; glued to a digit, it is another number.
  for (const std::string other : {"2 90 05 77 990 123", "12900577990123", "29005779901231", "290057799012300"})
    CHECK(without_nir(other) == other);
  CHECK(without_nir("2900577990123 et 1970477990124") == "2… et 1…");
}

TEST_CASE("a whole field without key is a NIR with blanks, points and dashes alone", "[nir]") {
  for (const std::string between : {" ", ".", "-", "\u00A0", "\t", "\u2013"})
    CHECK(read_nir(joined(between, 6))->treize == thirteen);
  CHECK(read_nir("2,90,05,77,990,123") == std::nullopt); // a list of codes
  CHECK(resembles_nir("2 90 05 77 990 123 46"));         // whose key is wrong
  CHECK_FALSE(resembles_nir("2,90,05,77,990,123,46"));
  CHECK(holds_nir("2 90 05 77 990 123"));
  CHECK_FALSE(find_nir("2 90 05 77 990 123"));
}

TEST_CASE("what is no NIR is left alone", "[nir]") {
  for (const std::string other :
       {"+33 6 39 98 00 12", "06 39 98 00 12, 06 39 98 00 13", "0033639980012", "13002526500013", "130 025 265 00013",
        "FR76 3000 6000 0112 3456 7890 189", "2022-03-05T08:00:00.000Z", "2022-03-05 08:00:00",
        "du 01/02/2022 au 28/02/2022", "1 234 567,89 € et 12 000,00 €", "2050577990123456789", "2901977990123",
        "2900500990123", "2900577000123", "2900577990000"})
    CHECK(without_nir(other) == other);
}

TEST_CASE("a digest holds no NIR, whatever its digits", "[nir]") {
  const std::string digest = "a" + thirteen + std::string(50, 'b');
  REQUIRE(digest.size() == 64);
  CHECK_FALSE(find_nir(digest));
  CHECK_FALSE(find_nir("k1:" + digest + "/2"));
  CHECK(find_nir(digest + "b"));
}

TEST_CASE("the mask keeps one whole character", "[nir]") {
  CHECK(masked_nir("2900577990123") == "2…");
  CHECK(masked_nir("２９００５７７９９０１２３") == "2…");
  CHECK(masked_nir("échec") == "é…");
  CHECK(masked_nir("") == "");
}

TEST_CASE("a long text of what might begin a NIR is read once", "[nir]") {
  std::string text;
  for (int i = 0; i < 200'000; ++i)
    text += i % 2 == 0 ? "1\u200B" : "2 ";
  CHECK(without_nir(text + fifteen).size() < text.size() + fifteen.size());
}

TEST_CASE("whatever surrounds it, a NIR with its key does not stay", "[nir]") {
  std::mt19937 random(9);
  const std::vector<std::string> around{"a", "é", " ", "-", "\n", "\u200B", "x:", "\"", "\xFF", "€", "(", "/"};
  const auto one = [&] { return around[random() % around.size()]; };
  for (int i = 0; i < 2'000; ++i) {
    std::string before, after;
    for (std::size_t n = random() % 4; n > 0; --n) {
      before += one();
      after += one();
    }
    const std::string text = before + joined(i % 3 == 0 ? "" : one() == "a" ? " " : "\u202F") + after;
    CAPTURE(text);
    CHECK(without_nir(text) == before + "2…" + after);
  }
}

TEST_CASE("no error tells a NIR, wherever it quotes it", "[nir]") {
  const Error error({Code::dossier_event, Level::error, "the key '" + fifteen + "' is unknown", "/contenu/" + fifteen,
                     "Take " + fifteen + " out.", fifteen, fifteen});
  CHECK(error.first().message == "the key '2…' is unknown");
  CHECK(error.first().where == "/contenu/2…");
  CHECK(error.first().remedy == "Take 2… out.");
  CHECK(error.first().details == "2…");
  CHECK(error.first().suggestion == "2…");
  CHECK(std::string(error.what()).find("290") == std::string::npos);
}
