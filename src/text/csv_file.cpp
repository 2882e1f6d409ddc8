#include "text/csv_file.hpp"

#include "text/encoding.hpp"
#include "text/spreadsheet.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie {

namespace {

constexpr std::size_t least_window = 4U << 10U;
constexpr std::size_t shown_bytes = 400;

CsvFault fault_of(NoCsv other) {
  return {other.encoding ? CsvFault::Kind::encoding : CsvFault::Kind::format, std::move(other.reason),
          std::move(other.remedy)};
}

} // namespace

CsvFile::CsvFile(Read read, CsvForm form)
    : bytes_(std::move(read)), form_(form), window_(std::max(form.record_bytes, least_window)) {}

// Keeps what is not read yet, and reads on: a record that begins in the buffer then ends in it, or is too long.
void CsvFile::refill() {
  const std::size_t line = reader_ ? reader_->line() : 1;
  if (reader_)
    buffer_.erase(0, reader_->position());
  while (!ended_ && buffer_.size() < 4 * window_) {
    const std::size_t held = buffer_.size();
    buffer_.resize(held + window_);
    const std::size_t count = bytes_(buffer_.data() + held, window_);
    ended_ = count == 0;
    buffer_.resize(held + count);
  }
  reader_.emplace(buffer_, form_.separator, form_.record_bytes, line);
}

// A line without end is passed over without being held: the buffer is all of that line, up to the end of what was read.
void CsvFile::skip_rest_of_line() {
  while (!ended_) {
    refill();
    const std::size_t newline = std::min(buffer_.find_first_of("\r\n"), buffer_.size());
    const std::size_t line = reader_->line();
    buffer_.erase(0, newline);
    reader_.emplace(buffer_, form_.separator, form_.record_bytes, line);
    if (!buffer_.empty())
      return;
  }
}

std::optional<CsvFault> CsvFile::open() {
  refill();
  if (buffer_.starts_with(byte_order_mark)) {
    buffer_.erase(0, byte_order_mark.size());
    if (form_.encoding == CsvEncoding::guessed)
      form_.encoding = CsvEncoding::utf8;
  }
  if (auto other = no_csv(buffer_))
    return fault_of(std::move(*other));
  std::size_t first_line = 1;
  if (const auto named = separator_line(buffer_)) {
    if (form_.separator == '\0')
      form_.separator = named->separator;
    buffer_.erase(0, named->bytes);
    first_line = 2;
  }
  if (form_.separator == '\0')
    form_.separator =
        detect_separator(std::string_view(buffer_).substr(std::min(buffer_.find_first_not_of("\r\n"), buffer_.size())));
  if (!is_separator(form_.separator))
    return CsvFault{CsvFault::Kind::format,
                    "le séparateur que le fichier annonce n'est ni , ni ; ni | ni la tabulation",
                    "Enregistrer le fichier en « CSV UTF-8 »."};
  reader_.emplace(buffer_, form_.separator, form_.record_bytes, first_line);
  if (!next(header_))
    return CsvFault{CsvFault::Kind::empty, "le fichier est vide", "Vérifier que c'est le bon fichier."};
  if (header_.fault)
    return CsvFault{header_.fault->kind, "la ligne d'en-tête ne se lit pas : " + header_.fault->reason,
                    "Vérifier que la première ligne nomme les colonnes."};
  return std::nullopt;
}

bool CsvFile::next(CsvLine &line) {
  while (read(line))
    if (line.fault || std::any_of(line.cells.begin(), line.cells.end(), [](const auto &c) { return !c.empty(); }))
      return true;
  return false;
}

bool CsvFile::read(CsvLine &line) {
  if (!ended_ && buffer_.size() - reader_->position() < 2 * window_)
    refill();
  while (!reader_->next(record_)) {
    if (ended_)
      return false;
    refill();
  }
  line.number = record_.line;
  line.cell_count = record_.field_count;
  line.windows_1252 = false;
  line.fault.reset();
  line.shown.clear();
  const bool at_end = ended_ && reader_->position() == buffer_.size();
  const bool unended = at_end && !buffer_.ends_with('\n') && !buffer_.ends_with('\r');
  line.cut = unended && (!record_.fault.empty() || record_.field_count < header_.cells.size());
  if (!record_.fault.empty()) {
    const bool too_long = record_.raw.size() > form_.record_bytes;
    line.fault = CsvFault{too_long ? CsvFault::Kind::limit : CsvFault::Kind::row, record_.fault,
                          "Corriger la ligne à la source ; un guillemet dans un texte se double."};
    if (!utf8_fault(record_.raw))
      line.shown = record_.raw.substr(0, shown_bytes);
    if (!ended_ && reader_->position() == buffer_.size())
      skip_rest_of_line();
    return true;
  }
  decode(line);
  return true;
}

void CsvFile::decode(CsvLine &line) {
  const auto fault = utf8_fault(record_.raw);
  const bool utf8 = form_.encoding != CsvEncoding::windows_1252 && !fault;
  line.windows_1252 = !utf8 && form_.encoding != CsvEncoding::utf8;
  line.cells.resize(record_.fields.size());
  std::string unquoted;
  for (std::size_t i = 0; i < record_.fields.size(); ++i) {
    std::optional<std::string> converted;
    if (line.windows_1252)
      converted = utf8_from_windows_1252(record_.fields[i]);
    if (!utf8 && !converted) {
      line.fault =
          CsvFault{CsvFault::Kind::encoding,
                   form_.encoding == CsvEncoding::utf8 ? "l'octet " + std::to_string(*fault + 1) +
                                                             " de la ligne n'est pas de l'UTF-8, l'encodage annoncé"
                   : form_.encoding == CsvEncoding::windows_1252
                       ? "la ligne n'est pas en windows-1252, ou tient un octet nul"
                       : "la ligne n'est ni en UTF-8 ni en windows-1252, ou tient un octet nul",
                   "Enregistrer le fichier en « CSV UTF-8 »."};
      return;
    }
    line.cells[i] = without_formula(trimmed(converted ? *converted : record_.fields[i]), unquoted);
  }
  if (record_.field_count > record_.fields.size())
    line.fault =
        CsvFault{CsvFault::Kind::limit, "la ligne a plus de " + std::to_string(CsvReader::max_fields) + " colonnes",
                 "Vérifier le séparateur."};
}

} // namespace spie
