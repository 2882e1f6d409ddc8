#include "spie/dossier/contenu.hpp"

#include "insertion/dossier/contenu_permis.hpp"
#include "rules/json/reader.hpp"
#include "spie/diagnostic.hpp"
#include "text/encoding.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>

namespace spie::dossier {

namespace {

constexpr std::array<std::string_view, 11> natures{"texte",   "code",    "date",  "mois",    "entier", "montant",
                                                   "booleen", "reponse", "sujet", "instant", "objet"};
constexpr std::array<std::string_view, 4> cardinalites{"unique", "par_cle", "etapes", "mecanique"};
constexpr std::size_t max_faults = 20;

template <class List> std::string joined(const List &list) {
  std::string text;
  for (const std::string_view item : list)
    text += (text.empty() ? "" : ", ") + std::string(item);
  return text;
}

std::vector<std::string> names(std::span<const Champ> fields) {
  std::vector<std::string> list;
  for (const Champ &field : fields)
    list.emplace_back(field.nom);
  return list;
}

// Dates as RFC 3339 writes them, and JSON Schema with it: four digits of a year.
constexpr std::size_t date_length = 10;

std::optional<feel::Date> read_date(std::string_view text) {
  return text.size() == date_length ? feel::Date::parse(text) : std::nullopt;
}

// "2022-03": a month that exists.
bool is_month(std::string_view text) { return text.size() == 7 && read_date(std::string(text) + "-01"); }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// A value of a payload, and where it stands: told only when something is wrong with it, which is once in thousands.
class Lieu {
public:
  Lieu(const feel::Value &value, const json::Faults &faults) : value_(value), faults_(faults) {}
  Lieu member(std::string_view key, const feel::Value &value) const { return {value, this, key, 0}; }
  Lieu item(std::size_t index) const { return {value_.list()[index], this, {}, index}; }

  const feel::Value &value() const noexcept { return value_; }
  void fault(std::string message, std::string remedy = {}, std::string expected = {}) const {
    reader().fault(std::move(message), std::move(remedy), std::move(expected));
  }

private:
  Lieu(const feel::Value &value, const Lieu *holder, std::string_view key, std::size_t index)
      : value_(value), faults_(holder->faults_), holder_(holder), key_(key), index_(index) {}

  json::Reader reader() const {
    if (holder_ == nullptr)
      return {value_, "/contenu", faults_};
    const json::Reader held = holder_->reader();
    return holder_->value_.is(feel::Kind::list) ? held.item(index_) : held.member(key_, value_);
  }

  const feel::Value &value_;
  const json::Faults &faults_;
  const Lieu *holder_ = nullptr; // which outlives it
  std::string_view key_;
  std::size_t index_ = 0;
};

feel::Value number(const Champ &field, const Lieu &from) {
  const feel::Value &value = from.value();
  if (!value.is(feel::Kind::number))
    from.fault("a number is expected", {}, "un nombre comme 1234.50");
  else if (field.nature == Nature::entier && !value.number().is_integer())
    from.fault("a whole number is expected", {}, "un nombre entier");
  else if (field.nature == Nature::montant && value.number().round(2, feel::Rounding::half_up) != value.number())
    from.fault("an amount has at most two decimals", {}, "un montant de deux décimales au plus");
  return value;
}

feel::Value date(const Lieu &from) {
  const feel::Value &value = from.value();
  // A midnight without a zone is how many programs hold a day.
  const bool midnight = value.is(feel::Kind::date_time) && value.date_time().is_bare_date();
  const auto date = value.is(feel::Kind::date)   ? read_date(value.date().to_string())
                    : midnight                   ? read_date(value.date_time().date.to_string())
                    : value.is(feel::Kind::text) ? read_date(value.text())
                                                 : std::nullopt;
  if (date)
    return *date;
  from.fault("a date is expected", "Write it as \"2022-06-01\".", "une date comme 2022-06-01");
  return {};
}

void subject(const Champ &field, const std::string &text, const Lieu &from) {
  const auto named = Sujet::parse(text);
  if (!named || (!field.valeurs.empty() && dossier::text(named->genre) != field.valeurs))
    from.fault(field.valeurs.empty() ? "this names no subject"
                                     : "a subject of this genre is expected: " + std::string(field.valeurs),
               "Write a genre and an id: \"structure:4kq9…\".",
               field.valeurs.empty() ? "un genre et un identifiant comme structure:4kq9…"
                                     : std::string(field.valeurs) + ":…");
}

void code(const Champ &field, const std::string &text, const Lieu &from) {
  if (text.empty() || characters(text) > max_code)
    from.fault("a code of one to " + std::to_string(max_code) + " characters is expected", {},
               "un code de " + std::to_string(max_code) + " caractères au plus");
  if (!field.valeurs.empty() && !has_word(field.valeurs, text))
    from.fault("one of " + joined(words(field.valeurs)) + " is expected", {}, joined(words(field.valeurs)));
}

feel::Value text(const Champ &field, const Lieu &from) {
  const feel::Value &value = from.value();
  if (!value.is(feel::Kind::text)) {
    const bool answer = field.nature == Nature::reponse;
    from.fault(answer ? "one of " + joined(reponses) + " is expected" : "a text is expected", {},
               answer ? joined(reponses) : "un texte");
    return {};
  }
  const std::string &text = value.text();
  // JSON could not carry it: what is read again would differ from what was recorded.
  if (utf8_fault(text)) {
    from.fault("the text is not UTF-8, or holds a NUL", {}, "un texte en UTF-8");
    return {};
  }
  switch (field.nature) {
  case Nature::reponse:
    if (std::find(reponses.begin(), reponses.end(), text) == reponses.end())
      from.fault("one of " + joined(reponses) + " is expected", {}, joined(reponses));
    break;
  case Nature::mois:
    if (!is_month(text))
      from.fault("a month is expected", "Write it as \"2022-03\".", "un mois comme 2022-03");
    break;
  case Nature::instant:
    if (!Instant::parse(text) || text.find('@') != std::string::npos)
      from.fault("an instant with its zone is expected", "Write it as \"2022-03-05T08:00:00Z\".",
                 "un instant comme 2022-03-05T08:00:00Z");
    break;
  case Nature::sujet:
    subject(field, text, from);
    break;
  case Nature::code:
    code(field, text, from);
    break;
  default:
    if (characters(text) > max_text)
      from.fault("the text has more than " + std::to_string(max_text) + " characters", {},
                 "un texte de " + std::to_string(max_text) + " caractères au plus");
  }
  return value;
}

feel::Context object(std::span<const Champ> fields, const feel::Context &given, const Lieu &from);

feel::Value one(const Champ &field, const Lieu &from) {
  const feel::Value &value = from.value();
  switch (field.nature) {
  case Nature::objet:
    if (value.is(feel::Kind::context))
      return object(field.champs, value.context(), from);
    from.fault("an object is expected", {}, "un objet JSON");
    return {};
  case Nature::booleen:
    if (!value.is(feel::Kind::boolean))
      from.fault("true or false is expected", {}, "true, false");
    return value;
  case Nature::entier:
  case Nature::montant:
    return number(field, from);
  case Nature::date:
    return date(from);
  default:
    return text(field, from);
  }
}

feel::Value list(const Champ &field, const Lieu &from) {
  const feel::Value &value = from.value();
  if (!value.is(feel::Kind::list) || value.list().size() > max_items) {
    from.fault("a list of at most " + std::to_string(max_items) + " values is expected", {},
               "une liste d'au plus " + std::to_string(max_items) + " valeurs");
    return {};
  }
  feel::List items;
  items.reserve(value.list().size());
  for (std::size_t i = 0; i < value.list().size(); ++i)
    items.push_back(one(field, from.item(i)));
  return items;
}

feel::Context object(std::span<const Champ> fields, const feel::Context &given, const Lieu &from) {
  std::vector<feel::Context::Entry> read;
  read.reserve(given.size());
  for (const Champ &field : fields)
    if (const feel::Value *found = given.find(field.nom); found != nullptr && !found->is_null()) {
      const Lieu there = from.member(field.nom, *found);
      read.emplace_back(field.nom, field.liste ? list(field, there) : one(field, there));
    } else if (field.obligatoire) {
      from.fault("the field '" + std::string(field.nom) + "' is missing");
    }
  if (read.size() == given.size())
    return feel::Context::of_distinct(std::move(read));
  for (const auto &[key, value] : given)
    if (std::none_of(fields.begin(), fields.end(), [&](const Champ &field) { return field.nom == key; }))
      from.member(key, value).fault(unknown("field", key, names(fields)), {}, nearest_or_all(key, names(fields)));
  return feel::Context::of_distinct(std::move(read));
}

feel::Value plain(const feel::Value &value) {
  switch (value.kind()) {
  case feel::Kind::date:
    return value.date().to_string();
  case feel::Kind::list: {
    feel::List items;
    for (const feel::Value &item : value.list())
      items.push_back(plain(item));
    return items;
  }
  case feel::Kind::context: {
    feel::Context entries;
    for (const auto &[key, item] : value.context())
      entries.set(key, plain(item));
    return entries;
  }
  default:
    return value;
  }
}

} // namespace

std::string_view text(Nature nature) noexcept { return natures[static_cast<std::size_t>(nature)]; }
std::string_view text(Cardinalite cardinalite) noexcept { return cardinalites[static_cast<std::size_t>(cardinalite)]; }

feel::Context read_contenu(const TypeContenu &type, const feel::Context &given, std::vector<Diagnostic> &faults) {
  const json::Faults told{Code::dossier_event, &faults, max_faults};
  const feel::Value whole; // never looked at: the payload is no value yet
  return object(type.champs, given, Lieu(whole, told));
}

feel::Context plain_contenu(const feel::Context &contenu) {
  feel::Context result;
  for (const auto &[key, value] : contenu)
    result.set(key, plain(value));
  return result;
}

std::string key_of(const TypeContenu &type, const feel::Context &contenu) {
  std::string key;
  for (std::string_view left = type.cle; !left.empty();) {
    const feel::Value *value = contenu.find(take_word(left));
    if (!key.empty())
      key += '/';
    if (value != nullptr)
      key += value->is(feel::Kind::text) ? value->text() : value->to_string();
  }
  return key;
}

} // namespace spie::dossier
