#include "insertion/dossier/evenement_octets.hpp"

#include "spie/diagnostic.hpp"
#include "spie/dossier/contenu.hpp"
#include "text/encoding.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace spie::dossier {

namespace {

// Within what the reader of documents takes: beyond, it decides.
constexpr std::size_t most_bytes = std::size_t{1} << 20, most_digits = 18;
constexpr int most_levels = 8;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Octets {
public:
  explicit Octets(std::string_view bytes) : left_(bytes) {}

  bool at_end() const noexcept { return left_.empty(); }
  bool take(std::string_view expected) {
    if (!left_.starts_with(expected))
      return false;
    left_.remove_prefix(expected.size());
    return true;
  }

  bool text(std::string &into) {
    if (!take("\""))
      return false;
    into.clear();
    bool ascii = true;
    for (;;) {
      std::size_t end = 0; // of what stands for itself
      for (; end < left_.size() && left_[end] != '"' && left_[end] != '\\'; ++end) {
        const auto byte = static_cast<unsigned char>(left_[end]);
        if (byte < 0x20)
          return false;
        ascii = ascii && byte < 0x80;
      }
      into.append(left_, 0, end);
      left_.remove_prefix(end);
      if (take("\""))
        return ascii || !utf8_fault(into);
      if (take("\\n"))
        into += '\n';
      else if (take("\\\""))
        into += '"';
      else if (take("\\\\"))
        into += '\\';
      else
        return false;
    }
  }
  bool date(std::optional<feel::Date> &into) {
    if (!text(word_))
      return false;
    into = feel::Date::parse(word_);
    return into.has_value();
  }
  bool whole(std::int64_t &into) {
    std::size_t count = 0;
    for (into = 0; count < left_.size() && is_digit(left_[count]); ++count) {
      if (count == most_digits)
        return false;
      into = into * 10 + (left_[count] - '0');
    }
    if (count == 0 || (count > 1 && left_.front() == '0'))
      return false;
    left_.remove_prefix(count);
    return true;
  }

  bool value(feel::Value &into, int level) {
    if (left_.empty() || level > most_levels)
      return false;
    switch (left_.front()) {
    case '"':
      if (!text(word_))
        return false;
      into = std::string_view(word_);
      return true;
    case '{': {
      feel::Context held;
      if (!object(held, level))
        return false;
      into = std::move(held);
      return true;
    }
    case '[':
      return list(into, level);
    case 't':
      into = true;
      return take("true");
    case 'f':
      into = false;
      return take("false");
    default:
      return number(into);
    }
  }
  bool object(feel::Context &into, int level) {
    std::vector<feel::Context::Entry> entries;
    if (!take("{"))
      return false;
    for (bool first = true; !take("}"); first = false) {
      if (!first && !take(","))
        return false;
      std::string key;
      feel::Value held;
      // '@' begins a tag.
      if (!text(key) || key.starts_with('@') || !take(":") || !value(held, level + 1) ||
          std::ranges::any_of(entries, [&](const auto &entry) { return entry.first == key; }))
        return false;
      entries.emplace_back(std::move(key), std::move(held));
    }
    into = feel::Context::of_distinct(std::move(entries));
    return true;
  }

private:
  bool list(feel::Value &into, int level) {
    feel::List items;
    take("[");
    for (bool first = true; !take("]"); first = false)
      if ((!first && !take(",")) || !value(items.emplace_back(), level + 1))
        return false;
    into = std::move(items);
    return true;
  }
  // An exponent, a point that nothing follows are left for the other reader.
  bool number(feel::Value &into) {
    const bool negative = take("-");
    const std::string_view from = left_;
    std::int64_t integer = 0;
    if (!whole(integer) || (negative && integer == 0))
      return false;
    std::size_t more = 0;
    if (take("."))
      while (more < left_.size() && is_digit(left_[more]))
        ++more;
    const std::size_t size = from.size() - left_.size() + more;
    left_.remove_prefix(more);
    if (from[size - 1] == '.' || size > 2 * most_digits || left_.empty() || left_.front() == '.' ||
        left_.front() == 'e' || left_.front() == 'E')
      return false;
    if (more == 0) {
      into = negative ? -integer : integer;
      return true;
    }
    const auto read = feel::Number::parse((negative ? "-" : "") + std::string(from.substr(0, size)));
    if (read)
      into = *read;
    return read.has_value();
  }

  std::string_view left_;
  std::string word_;
};

constexpr std::size_t most_text = 512; // of an id, an author, a place

bool read_envelope_text(Octets &from, std::string_view key, std::string &into) {
  return !from.take(key) || (from.text(into) && into.size() <= most_text);
}

bool read_subjects(Octets &from, std::vector<Sujet> &into) {
  constexpr std::size_t most = 64;
  std::string text;
  if (!from.take(",\"sujets\":["))
    return false;
  do {
    auto subject = from.text(text) ? Sujet::parse(text) : std::nullopt;
    if (!subject || into.size() == most || std::ranges::find(into, *subject) != into.end())
      return false;
    into.push_back(*std::move(subject));
  } while (from.take(","));
  return from.take("]");
}

bool read_effect(Octets &from, Effet &into) {
  std::optional<feel::Date> start;
  if (!from.take(",\"effet\":{\"debut\":") || !from.date(start))
    return false;
  into.debut = *start;
  if (from.take(",\"fin\":") && (!from.date(into.fin) || *into.fin <= into.debut))
    return false;
  for (const Precision grain : {Precision::mois, Precision::annee})
    if (from.take(",\"precision\":\"" + std::string(text(grain)) + "\""))
      into.precision = grain;
  return from.take("}");
}

bool read_source(Octets &from, Source &into) {
  if (!from.take(",\"source\":{") || !read_envelope_text(from, "\"nom\":", into.nom) || into.nom.empty() ||
      !read_envelope_text(from, ",\"document\":", into.document) ||
      !read_envelope_text(from, ",\"place\":", into.place) || !read_envelope_text(from, ",\"cle\":", into.cle) ||
      !read_envelope_text(from, ",\"nomenclature\":", into.nomenclature) ||
      !read_envelope_text(from, ",\"import\":", into.import_id))
    return false;
  into.sans_date = from.take(",\"sans_date\":true");
  return from.take("}");
}

} // namespace

std::optional<Evenement> read_octets(std::string_view octets) {
  if (octets.size() > most_bytes)
    return std::nullopt;
  Octets from(octets);
  std::optional<Evenement> read(std::in_place);
  Evenement &event = *read;
  std::int64_t version = 0;
  if (!from.take("{\"id\":") || !read_envelope_text(from, "", event.id) || !from.take(",\"type\":") ||
      !read_envelope_text(from, "", event.type) || !from.take(",\"version\":") || !from.whole(version))
    return std::nullopt;
  const TypeContenu *type = find_type(event.type);
  if (type == nullptr || version != type->version || !read_subjects(from, event.sujets) ||
      (type->genre && event.sujets.front().genre != *type->genre))
    return std::nullopt;
  event.version = type->version;
  feel::Context content;
  if (!read_effect(from, event.effet) || !read_envelope_text(from, ",\"auteur\":", event.auteur) ||
      !read_source(from, event.source) || !read_envelope_text(from, ",\"corrige\":", event.corrige) ||
      !read_envelope_text(from, ",\"acte\":", event.acte) || !from.take(",\"contenu\":") || !from.object(content, 0) ||
      !from.take("}") || !from.at_end())
    return std::nullopt;
  std::vector<Diagnostic> faults;
  event.contenu = read_contenu(*type, content, faults);
  if (!faults.empty())
    return std::nullopt;
  return read;
}

} // namespace spie::dossier
