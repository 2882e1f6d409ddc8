// A CSV file of any size as lines of cells in UTF-8, in flat memory: what is wrong with a line is said of that line,
// what is wrong with the file before its first line. What spreadsheets do (a mark, "sep=;", ="00123", windows-1252) is
// undone here, for all who read a CSV.
#pragma once

#include "text/csv.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie {

struct CsvFault {
  enum class Kind : std::uint8_t { encoding, format, empty, limit, row };
  Kind kind{};
  std::string reason, remedy; // in French
};

struct CsvLine {
  std::size_t number = 0;         // where it begins in the file
  std::vector<std::string> cells; // UTF-8, without blanks around
  std::size_t cell_count = 0;     // all of them; those beyond CsvReader::max_fields are not kept
  bool windows_1252 = false;      // it was not UTF-8
  bool cut = false;               // the file ends inside it
  std::optional<CsvFault> fault;  // its cells are then of no use
  std::string shown;              // of a line that is ill-formed: how it begins; empty when that is not UTF-8
};

enum class CsvEncoding : std::uint8_t { guessed, utf8, windows_1252 };

struct CsvForm {
  char separator = '\0'; // '\0': the one that a line "sep=;" names, else the one that the header uses
  CsvEncoding encoding = CsvEncoding::guessed;
  std::size_t record_bytes = 64U << 10U;
};

class CsvFile {
public:
  // Fills the buffer; 0 at the end.
  using Read = std::function<std::size_t(char *buffer, std::size_t size)>;

  explicit CsvFile(Read read, CsvForm form = {});

  // Reads the header; what refuses the file as a whole.
  std::optional<CsvFault> open();
  const std::vector<std::string> &header() const noexcept { return header_.cells; }
  const CsvLine &header_line() const noexcept { return header_; }

  // False at the end. Lines without a single filled cell are passed over.
  bool next(CsvLine &line);

private:
  void refill();
  void skip_rest_of_line();
  bool read(CsvLine &line);
  void decode(CsvLine &line);

  Read bytes_;
  CsvForm form_;
  std::size_t window_; // how much is read at once
  std::string buffer_;
  std::optional<CsvReader> reader_;
  CsvRecord record_;
  bool ended_ = false; // the bytes are
  CsvLine header_;
};

} // namespace spie
