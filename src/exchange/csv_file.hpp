// A CSV file of any size as lines of cells in UTF-8, in flat memory: what is wrong with a line is said of that line,
// what is wrong with the file before its first line.
#pragma once

#include "insertion/convention/csv.hpp"
#include "spie/exchange/import.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spie::exchange {

struct FauteCsv {
  Code code{};
  std::string motif, remede; // in French
};

struct LigneCsv {
  std::size_t numero = 0;            // where it begins in the file
  std::vector<std::string> cellules; // UTF-8, without blanks around
  bool windows_1252 = false;         // it was not UTF-8
  bool coupee = false;               // the file ends inside it
  std::optional<FauteCsv> faute;     // its cells are then of no use
};

enum class EncodageCsv : std::uint8_t { devine, utf8, windows_1252 };

class CsvFile {
public:
  static constexpr std::size_t record_bytes = 64u << 10;

  // '\0': the separator that the header uses.
  explicit CsvFile(Octets &bytes, char separator = '\0', EncodageCsv encodage = EncodageCsv::devine);

  // Reads the header; what refuses the file as a whole.
  std::optional<FauteCsv> open();
  const std::vector<std::string> &entete() const noexcept { return header_; }
  bool header_in_windows_1252() const noexcept { return header_1252_; }

  // False at the end. Lines without a single filled cell are passed over.
  bool next(LigneCsv &line);

private:
  void refill();
  void skip_rest_of_line();
  bool read(LigneCsv &line);
  void decode(LigneCsv &line);

  Octets &bytes_;
  char separator_;
  EncodageCsv encodage_;
  std::string buffer_;
  std::optional<convention::CsvReader> reader_;
  convention::CsvRecord record_;
  bool ended_ = false; // the bytes are
  std::vector<std::string> header_;
  bool header_1252_ = false;
};

} // namespace spie::exchange
