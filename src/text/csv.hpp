// A small reader of CSV (RFC 4180), of our own: it takes three separators, gives the line where each record begins,
// refuses a bad record and goes on with the next, and holds no more than one record in memory. The readers at hand do
// some of this, none all of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spie {

struct CsvRecord {
  std::size_t line = 0;            // where it begins, from 1
  std::vector<std::string> fields; // bytes as they are, quotes taken off; those beyond max_fields are not kept
  std::size_t field_count = 0;     // all of them
  std::string fault;               // in French; empty when the record is well formed
  std::string_view raw;            // the bytes of the record, without its end of line
  bool blank() const noexcept;     // every field is empty or white
};

class CsvReader {
public:
  static constexpr std::size_t max_fields = 256;

  // `bytes` outlives the reader and has no byte order mark. `line` is the number of its first line.
  CsvReader(std::string_view bytes, char separator, std::size_t record_bytes, std::size_t line = 1) noexcept
      : bytes_(bytes), separator_(separator), record_bytes_(record_bytes), line_(line) {}

  // False at the end. Empty lines are passed over. Newlines are LF, CRLF or CR; inside quotes they belong to the field.
  bool next(CsvRecord &record);
  std::size_t position() const noexcept { return position_; } // where the next record begins
  std::size_t line() const noexcept { return line_; }

private:
  // Reads a quoted field whose quote stands at position_; false when it is not closed within the limit.
  bool quoted(std::size_t limit, std::string &field);
  void skip_line();
  bool at_newline() const noexcept { return bytes_[position_] == '\n' || bytes_[position_] == '\r'; }
  void pass_newline() noexcept;

  std::string_view bytes_;
  char separator_;
  std::size_t record_bytes_;
  std::size_t position_ = 0;
  std::size_t line_;
};

bool is_separator(char c) noexcept; // , ; | or tab
// The separator that a header line uses: the one of , ; and tab that stands most often outside quotes.
char detect_separator(std::string_view bytes) noexcept;

} // namespace spie
