#include "text/csv.hpp"

#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie {

bool CsvRecord::blank() const noexcept {
  return field_count <= fields.size() &&
         std::all_of(fields.begin(), fields.end(), [](const std::string &field) { return trimmed(field).empty(); });
}

void CsvReader::pass_newline() noexcept {
  position_ += bytes_.substr(position_).starts_with("\r\n") ? 2U : 1U;
  ++line_;
}

void CsvReader::skip_line() { position_ = std::min(bytes_.find_first_of("\r\n", position_), bytes_.size()); }

bool CsvReader::quoted(std::size_t limit, std::string &field) {
  ++position_;
  const std::string_view window = bytes_.substr(0, limit);
  while (true) {
    const std::size_t quote = window.find('"', position_);
    if (quote == std::string_view::npos)
      return false;
    field += bytes_.substr(position_, quote - position_);
    position_ = quote + 1;
    if (position_ >= bytes_.size() || bytes_[position_] != '"')
      break;
    field += '"';
    ++position_;
    if (position_ > limit)
      return false;
  }
  return true;
}

bool CsvReader::next(CsvRecord &record) {
  while (position_ < bytes_.size() && at_newline())
    pass_newline();
  if (position_ >= bytes_.size())
    return false;

  const std::size_t start = position_;
  const std::size_t limit = std::min(bytes_.size(), start + record_bytes_);
  record.line = line_;
  record.field_count = 0;
  record.fault.clear();
  std::size_t kept = 0;
  std::string dropped;

  const auto end = [&] {
    record.fields.resize(kept);
    record.raw = bytes_.substr(start, position_ - start);
    // Newlines inside quoted fields count as lines of the file.
    for (std::size_t i = start; i < position_; ++i)
      if (bytes_[i] == '\n' || (bytes_[i] == '\r' && !bytes_.substr(i + 1).starts_with('\n')))
        ++line_;
    if (position_ < bytes_.size())
      pass_newline();
    return true;
  };
  const auto fail = [&](std::string fault) {
    record.fault = std::move(fault);
    skip_line();
    return end();
  };

  while (true) {
    ++record.field_count;
    if (kept < max_fields && kept == record.fields.size())
      record.fields.emplace_back();
    std::string &field = kept < max_fields ? record.fields[kept++] : dropped;
    field.clear();

    if (position_ < bytes_.size() && bytes_[position_] == '"') {
      if (!quoted(limit, field)) {
        // The rest of the file is not to be swallowed by one quote: the record is its first line alone. What is read
        // again stays bounded: a scan that finds no closing quote has passed no other opening one either.
        position_ = start;
        return fail("un guillemet ouvert n'est pas refermé");
      }
      if (position_ < bytes_.size() && bytes_[position_] != separator_ && !at_newline())
        return fail("du texte suit un guillemet fermant");
    } else {
      const std::array<char, 3> stops{separator_, '\r', '\n'};
      const std::size_t stop =
          std::min(bytes_.find_first_of(std::string_view(stops.data(), stops.size()), position_), bytes_.size());
      if (stop > limit)
        return fail("la ligne est plus longue que " + std::to_string(record_bytes_) + " octets");
      field = bytes_.substr(position_, stop - position_);
      position_ = stop;
    }
    if (position_ >= bytes_.size() || at_newline())
      return end();
    ++position_; // the separator
    if (position_ > limit)
      return fail("la ligne est plus longue que " + std::to_string(record_bytes_) + " octets");
  }
}

bool is_separator(char c) noexcept { return c == ',' || c == ';' || c == '|' || c == '\t'; }

char detect_separator(std::string_view bytes) noexcept {
  // A bar may stand in a label: it is not guessed.
  constexpr std::array<char, 3> candidates{',', ';', '\t'};
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  for (const char c : bytes.substr(0, 64u << 10)) {
    if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == '\n' || c == '\r'))
      break;
    else if (!quoted)
      for (std::size_t i = 0; i < candidates.size(); ++i)
        counts[i] += c == candidates[i] ? 1U : 0U;
  }
  return candidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

} // namespace spie
