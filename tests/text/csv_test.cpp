#include "tests/catch.hpp"

#include "text/csv.hpp"
#include "text/csv_file.hpp"
#include "text/encoding.hpp"
#include "text/spreadsheet.hpp"
#include "text/words.hpp"

#include <string>
#include <vector>

using namespace spie;

namespace {

struct Read {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;
  std::vector<std::string> faults;
};

Read read(std::string_view text, char separator = ',', std::size_t record_bytes = 1000) {
  CsvReader reader(text, separator, record_bytes);
  CsvRecord record;
  Read result;
  while (reader.next(record)) {
    result.rows.push_back(record.fault.empty() ? record.fields : std::vector<std::string>{});
    result.lines.push_back(record.line);
    result.faults.push_back(record.fault);
  }
  return result;
}

using Rows = std::vector<std::vector<std::string>>;

} // namespace

TEST_CASE("CSV is read as RFC 4180 writes it", "[csv]") {
  CHECK(read("a,b\r\nc,d\r\n").rows == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(read("a,b\nc,d").rows == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(read("a,b\rc,d\r").rows == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(read("a,,\n,,\n").rows == Rows{{"a", "", ""}, {"", "", ""}});
  CHECK(read("\"a,\"\"b\"\"\",\"c\nd\"\ne,f").rows == Rows{{"a,\"b\"", "c\nd"}, {"e", "f"}});
  CHECK(read("\"\",\"\"\"\"").rows == Rows{{"", "\""}});
  CHECK(read("12\" d'écran;x", ';').rows == Rows{{"12\" d'écran", "x"}});
  CHECK(read("a\tb,c", '\t').rows == Rows{{"a", "b,c"}});
  CHECK(read("").rows.empty());
  CHECK(read("\n\r\n\n").rows.empty());
}

TEST_CASE("a record knows the line where it begins, newlines inside quotes counted", "[csv]") {
  CHECK(read("a\n\n\"b\nc\r\nd\"\ne\n").lines == std::vector<std::size_t>{1, 3, 6});
}

TEST_CASE("a record that is wrong is refused and the next one is read", "[csv]") {
  const Read trailing = read("a,b\n\"c\"x,d\ne,f\n");
  CHECK(trailing.rows == Rows{{"a", "b"}, {}, {"e", "f"}});
  CHECK(trailing.faults[1] == "du texte suit un guillemet fermant");

  const Read open = read("a,b\n\"c,d\ne,f\ng,h\n");
  CHECK(open.rows == Rows{{"a", "b"}, {}, {"e", "f"}, {"g", "h"}});
  CHECK(open.lines == std::vector<std::size_t>{1, 2, 3, 4});
  CHECK(open.faults[1].find("guillemet") != std::string::npos);

  const Read longer = read("a\n" + std::string(2000, 'x') + ",y\nb\n", ',', 1000);
  CHECK(longer.rows == Rows{{"a"}, {}, {"b"}});
  CHECK(longer.faults[1].find("plus longue que 1000 octets") != std::string::npos);

  const Read quoted = read("a\n\"" + std::string(2000, 'x') + "\"\nb\n", ',', 1000);
  CHECK(quoted.rows == Rows{{"a"}, {}, {"b"}});
}

TEST_CASE("a file of open quotes is refused line by line", "[csv]") {
  std::string text;
  for (int i = 0; i < 100'000; ++i)
    text += "\"" + std::string(20, 'x') + "\n";
  const Read all = read(text + "a,b\n", ',', 16);
  CHECK(all.rows.size() == 100'001);
  CHECK(all.rows.back() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("more fields than a record may keep are counted, not kept", "[csv]") {
  const std::string wide(1000, ',');
  CsvReader reader(wide, ',', 5000);
  CsvRecord record;
  REQUIRE(reader.next(record));
  CHECK(record.field_count == 1001);
  CHECK(record.fields.size() == CsvReader::max_fields);
}

TEST_CASE("the separator is the one that the header uses", "[csv]") {
  CHECK(detect_separator("id;date;montant\n1,5;2;3") == ';');
  CHECK(detect_separator("id,date\n") == ',');
  CHECK(detect_separator("id\tdate\n") == '\t');
  CHECK(detect_separator("\"a,b,c\";d\n") == ';');
}

TEST_CASE("UTF-8 is checked byte by byte, windows-1252 is converted", "[text]") {
  CHECK(!utf8_fault("été € 𝄞"));
  CHECK(utf8_fault("a\xE9") == 1);
  CHECK(utf8_fault("\xC0\xAF") == 0);         // overlong
  CHECK(utf8_fault("\xED\xA0\x80") == 0);     // surrogate
  CHECK(utf8_fault("\xF4\x90\x80\x80") == 0); // beyond U+10FFFF
  CHECK(utf8_fault(std::string_view("a\0b", 3)) == 1);
  CHECK(utf8_from_windows_1252("\xE9t\xE9 12 \x80 \x9C") == "été 12 € œ");
  CHECK(!utf8_from_windows_1252("\x81"));
}

TEST_CASE("a text is cut at a character", "[text]") { CHECK(shortened("ééé", 2) == "éé…"); }

TEST_CASE("what a spreadsheet does to a cell is undone", "[csv][excel]") {
  std::string held;
  CHECK(without_formula("=\"00123\"", held) == "00123");
  CHECK(without_formula("=\"\"", held).empty());
  CHECK(without_formula("=\" a \"\"b\"\" \"", held) == "a \"b\"");
  for (const char *kept : {"00123", "=A1", "=\"", "=\"a\"&\"b\"", "\"00123\"", ""})
    CHECK(without_formula(kept, held) == kept);
  // 44927 is 1 January 2023, 19358 days after 1 January 1970: written out with `date -d @$((19358*86400)) -u`.
  CHECK(excel_day("44927") == 19358);
  CHECK(excel_day("25569") == 0);
  CHECK(excel_day("10000") == -15569); // 18 May 1927
  for (const char *none : {"", "4492", "449270", "01234", "44927,5", "-4492", "4492a"})
    CHECK_FALSE(excel_day(none));
}

TEST_CASE("a line that names the separator is told from a header", "[csv][excel]") {
  const auto named = [](std::string_view text) {
    const auto line = separator_line(text);
    return line ? std::string(1, line->separator) + std::to_string(line->bytes) : std::string("-");
  };
  CHECK(named("sep=;\nid;date\n") == ";6");
  CHECK(named("SEP=,\r\nid") == ",7");
  CHECK(named("sep=\t\n") == "\t6");
  CHECK(named("\"sep=;\"\r\n") == ";9");
  CHECK(named("sep=;;;;\n") == ";9"); // as many cells as the other lines
  CHECK(named("sep=|\n") == "|6");
  for (const char *none : {"", "sep=", "sep=\n", "sep;date\n", "sep=;date\n", "separateur\n"})
    CHECK(named(none) == "-");
}

TEST_CASE("a file is read alike whatever the size of what is read at once", "[csv]") {
  const std::string text = "sep=;\r\nid;nom\r\n=\"001\";\xC9l\xE9onore\r\n\r\n;\r\n2;\"a;\nb\"\r\n3;c";
  for (std::size_t step : {1U, 3U, 7U, 4096U}) {
    std::size_t at = 0;
    CsvFile file([&](char *buffer, std::size_t size) {
      const std::size_t count = std::min({step, size, text.size() - at});
      std::copy_n(text.data() + at, count, buffer);
      at += count;
      return count;
    });
    REQUIRE_FALSE(file.open());
    CHECK(file.header() == std::vector<std::string>{"id", "nom"});
    CHECK(file.header_line().number == 2);
    CsvLine line;
    REQUIRE(file.next(line));
    CHECK(line.cells == std::vector<std::string>{"001", "Éléonore"});
    CHECK(line.windows_1252);
    CHECK(line.number == 3);
    REQUIRE(file.next(line));
    CHECK(line.cells == std::vector<std::string>{"2", "a;\nb"});
    CHECK_FALSE(line.windows_1252);
    CHECK(line.number == 6);
    REQUIRE(file.next(line));
    CHECK(line.number == 8);
    CHECK_FALSE(line.cut);
    CHECK_FALSE(file.next(line));
  }
}
