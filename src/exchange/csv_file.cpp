#include "exchange/csv_file.hpp"

#include "insertion/convention/text.hpp"

#include <algorithm>
#include <array>

namespace spie::exchange {

namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";

// What people send instead of a CSV.
std::optional<FauteCsv> no_csv(std::string_view start) {
  using namespace std::string_view_literals;
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF") || start.substr(0, 64).find('\0') < 64)
    return FauteCsv{Code::import_encoding, "le fichier est en UTF-16, ou n'est pas un texte",
                    "L'enregistrer en « CSV UTF-8 »."};
  if (start.starts_with("PK\x03\x04") || start.starts_with("\xD0\xCF\x11\xE0"))
    return FauteCsv{Code::import_format, "le fichier est un classeur ou une archive, pas un CSV",
                    "Ouvrir le classeur et l'enregistrer en « CSV UTF-8 » ; décompresser l'archive."};
  if (start.starts_with("\x1F\x8B"))
    return FauteCsv{Code::import_format, "le fichier est compressé", "Le décompresser."};
  if (start.starts_with("%PDF") || start.starts_with("<"))
    return FauteCsv{Code::import_format, "le fichier est un PDF, une page ou un flux XML, pas un CSV",
                    "Vérifier que c'est le bon fichier."};
  return std::nullopt;
}

} // namespace

CsvFile::CsvFile(Octets &bytes, char separator, EncodageCsv encodage)
    : bytes_(bytes), separator_(separator), encodage_(encodage) {}

// Keeps what is not read yet, and reads on: a record that begins in the buffer then ends in it, or is too long.
void CsvFile::refill() {
  const std::size_t line = reader_ ? reader_->line() : 1;
  if (reader_)
    buffer_.erase(0, reader_->position());
  std::array<char, record_bytes> block{};
  while (!ended_ && buffer_.size() < 4 * record_bytes) {
    const std::size_t count = bytes_.read(block.data(), block.size());
    ended_ = count == 0;
    buffer_.append(block.data(), count);
  }
  reader_.emplace(buffer_, separator_, record_bytes, line);
}

// A line without end is passed over without being held: the buffer is all of that line, up to the end of what was read.
void CsvFile::skip_rest_of_line() {
  while (!ended_) {
    refill();
    const std::size_t newline = std::min(buffer_.find_first_of("\r\n"), buffer_.size());
    const std::size_t line = reader_->line();
    buffer_.erase(0, newline);
    reader_.emplace(buffer_, separator_, record_bytes, line);
    if (!buffer_.empty())
      return;
  }
}

std::optional<FauteCsv> CsvFile::open() {
  refill();
  if (const auto other = no_csv(buffer_))
    return other;
  const bool marked = buffer_.starts_with(mark);
  if (marked) {
    buffer_.erase(0, mark.size());
    if (encodage_ == EncodageCsv::devine)
      encodage_ = EncodageCsv::utf8;
  }
  if (separator_ == '\0')
    separator_ = convention::detect_separator(
        std::string_view(buffer_).substr(std::min(buffer_.find_first_not_of("\r\n"), buffer_.size())));
  reader_.emplace(buffer_, separator_, record_bytes, 1);
  LigneCsv header;
  if (!next(header))
    return FauteCsv{Code::import_format, "le fichier est vide", "Vérifier que c'est le bon fichier."};
  if (header.faute)
    return FauteCsv{Code::import_format, "la ligne d'en-tête ne se lit pas : " + header.faute->motif,
                    "Vérifier que la première ligne nomme les colonnes."};
  header_ = std::move(header.cellules);
  header_1252_ = header.windows_1252;
  return std::nullopt;
}

bool CsvFile::next(LigneCsv &line) {
  while (read(line))
    if (line.faute || std::any_of(line.cellules.begin(), line.cellules.end(), [](const auto &c) { return !c.empty(); }))
      return true;
  return false;
}

bool CsvFile::read(LigneCsv &line) {
  if (!ended_ && buffer_.size() - reader_->position() < 2 * record_bytes)
    refill();
  while (!reader_->next(record_)) {
    if (ended_)
      return false;
    refill();
  }
  line.numero = record_.line;
  line.windows_1252 = false;
  line.faute.reset();
  const bool at_end = ended_ && reader_->position() == buffer_.size();
  const bool unended = at_end && !buffer_.ends_with('\n') && !buffer_.ends_with('\r');
  line.coupee = unended && (!record_.fault.empty() || record_.field_count < header_.size());
  if (!record_.fault.empty()) {
    const bool too_long = record_.raw.size() > record_bytes;
    line.faute = FauteCsv{too_long ? Code::import_limit : Code::import_key, record_.fault,
                          "Corriger la ligne à la source ; un guillemet dans un texte se double."};
    if (!ended_ && reader_->position() == buffer_.size())
      skip_rest_of_line();
    return true;
  }
  decode(line);
  return true;
}

void CsvFile::decode(LigneCsv &line) {
  const bool utf8 = encodage_ != EncodageCsv::windows_1252 && !convention::utf8_fault(record_.raw);
  line.windows_1252 = !utf8 && encodage_ != EncodageCsv::utf8;
  line.cellules.resize(record_.fields.size());
  for (std::size_t i = 0; i < record_.fields.size(); ++i) {
    if (utf8) {
      line.cellules[i] = convention::trimmed(record_.fields[i]);
      continue;
    }
    const auto text = line.windows_1252 ? convention::utf8_from_windows_1252(record_.fields[i]) : std::nullopt;
    if (!text) {
      line.faute =
          FauteCsv{Code::import_encoding, "la ligne n'est ni en UTF-8 ni en windows-1252, ou tient un octet nul",
                   "Enregistrer le fichier en « CSV UTF-8 »."};
      return;
    }
    line.cellules[i] = convention::trimmed(*text);
  }
  if (record_.field_count > record_.fields.size())
    line.faute = FauteCsv{Code::import_limit,
                          "la ligne a plus de " + std::to_string(convention::CsvReader::max_fields) + " colonnes",
                          "Vérifier le séparateur."};
}

} // namespace spie::exchange
