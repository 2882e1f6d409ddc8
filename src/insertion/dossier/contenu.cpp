#include "spie/dossier/contenu.hpp"

#include "insertion/dossier/natures.hpp"
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

class Reader {
public:
  explicit Reader(std::vector<Diagnostic> &faults) : faults_(faults) {}

  feel::Context object(std::span<const Champ> fields, const feel::Context &given, const std::string &where) {
    feel::Context result;
    for (const Champ &field : fields) {
      const feel::Value *value = given.find(field.nom);
      if (value == nullptr || value->is_null()) {
        if (field.obligatoire)
          fault("the field '" + std::string(field.nom) + "' is missing", where);
        continue;
      }
      const std::string place = where + "/" + std::string(field.nom);
      result.set(std::string(field.nom), field.liste ? list(field, *value, place) : one(field, *value, place));
    }
    for (const auto &[key, value] : given)
      if (std::none_of(fields.begin(), fields.end(), [&](const Champ &field) { return field.nom == key; }))
        fault("the field '" + key + "' is unknown", where + "/" + key, {}, nearest_or_all(key, names(fields)));
    return result;
  }

private:
  // `expected` is in French, for who reads the place and not the message.
  void fault(std::string message, std::string where, std::string remedy = {}, std::string expected = {}) {
    if (faults_.size() < max_faults)
      faults_.push_back({Code::dossier_event,
                         Level::error,
                         std::move(message),
                         std::move(where),
                         std::move(remedy),
                         {},
                         std::move(expected)});
  }

  feel::Value list(const Champ &field, const feel::Value &value, const std::string &where) {
    if (!value.is(feel::Kind::list) || value.list().size() > max_items) {
      fault("a list of at most " + std::to_string(max_items) + " values is expected", where, {},
            "une liste d'au plus " + std::to_string(max_items) + " valeurs");
      return {};
    }
    feel::List items;
    for (const feel::Value &item : value.list())
      items.push_back(one(field, item, where + "/" + std::to_string(items.size())));
    return items;
  }

  feel::Value one(const Champ &field, const feel::Value &value, const std::string &where) {
    switch (field.nature) {
    case Nature::objet:
      if (value.is(feel::Kind::context))
        return object(field.champs, value.context(), where);
      fault("an object is expected", where, {}, "un objet JSON");
      return {};
    case Nature::booleen:
      if (!value.is(feel::Kind::boolean))
        fault("true or false is expected", where, {}, "true, false");
      return value;
    case Nature::entier:
    case Nature::montant:
      return number(field, value, where);
    case Nature::date:
      return date(value, where);
    default:
      return text(field, value, where);
    }
  }

  feel::Value number(const Champ &field, const feel::Value &value, const std::string &where) {
    if (!value.is(feel::Kind::number))
      fault("a number is expected", where, {}, "un nombre comme 1234.50");
    else if (field.nature == Nature::entier && !value.number().is_integer())
      fault("a whole number is expected", where, {}, "un nombre entier");
    else if (field.nature == Nature::montant && value.number().round(2, feel::Rounding::half_up) != value.number())
      fault("an amount has at most two decimals", where, {}, "un montant de deux décimales au plus");
    return value;
  }

  feel::Value date(const feel::Value &value, const std::string &where) {
    const auto date = value.is(feel::Kind::date)   ? read_date(value.date().to_string())
                      : value.is(feel::Kind::text) ? read_date(value.text())
                                                   : std::nullopt;
    if (date)
      return *date;
    fault("a date is expected", where, "Write it as \"2022-06-01\".", "une date comme 2022-06-01");
    return {};
  }

  feel::Value text(const Champ &field, const feel::Value &value, const std::string &where) {
    if (!value.is(feel::Kind::text)) {
      const bool answer = field.nature == Nature::reponse;
      fault(answer ? "one of " + joined(reponses) + " is expected" : "a text is expected", where, {},
            answer ? joined(reponses) : "un texte");
      return {};
    }
    const std::string &text = value.text();
    // JSON could not carry it: what is read again would differ from what was recorded.
    if (utf8_fault(text)) {
      fault("the text is not UTF-8, or holds a NUL", where, {}, "un texte en UTF-8");
      return {};
    }
    switch (field.nature) {
    case Nature::reponse:
      if (std::find(reponses.begin(), reponses.end(), text) == reponses.end())
        fault("one of " + joined(reponses) + " is expected", where, {}, joined(reponses));
      break;
    case Nature::mois:
      if (!is_month(text))
        fault("a month is expected", where, "Write it as \"2022-03\".", "un mois comme 2022-03");
      break;
    case Nature::instant:
      if (!Instant::parse(text) || text.find('@') != std::string::npos)
        fault("an instant with its zone is expected", where, "Write it as \"2022-03-05T08:00:00Z\".",
              "un instant comme 2022-03-05T08:00:00Z");
      break;
    case Nature::sujet:
      subject(field, text, where);
      break;
    case Nature::code:
      code(field, text, where);
      break;
    default:
      if (characters(text) > max_text)
        fault("the text has more than " + std::to_string(max_text) + " characters", where, {},
              "un texte de " + std::to_string(max_text) + " caractères au plus");
    }
    return value;
  }

  void subject(const Champ &field, const std::string &text, const std::string &where) {
    const auto named = Sujet::parse(text);
    if (!named || (!field.valeurs.empty() && dossier::text(named->genre) != field.valeurs))
      fault(field.valeurs.empty() ? "this names no subject"
                                  : "a subject of this genre is expected: " + std::string(field.valeurs),
            where, "Write a genre and an id: \"structure:4kq9…\".",
            field.valeurs.empty() ? "un genre et un identifiant comme structure:4kq9…"
                                  : std::string(field.valeurs) + ":…");
  }

  void code(const Champ &field, const std::string &text, const std::string &where) {
    if (text.empty() || characters(text) > max_code)
      fault("a code of one to " + std::to_string(max_code) + " characters is expected", where, {},
            "un code de " + std::to_string(max_code) + " caractères au plus");
    const auto allowed = words(field.valeurs);
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), text) == allowed.end())
      fault("one of " + joined(allowed) + " is expected", where, {}, joined(allowed));
  }

  std::vector<Diagnostic> &faults_;
};

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
  return Reader(faults).object(type.champs, given, "/contenu");
}

feel::Context plain_contenu(const feel::Context &contenu) {
  feel::Context result;
  for (const auto &[key, value] : contenu)
    result.set(key, plain(value));
  return result;
}

std::string key_of(const TypeContenu &type, const feel::Context &contenu) {
  std::string key;
  for (const std::string_view field : words(type.cle)) {
    const feel::Value *value = contenu.find(field);
    key += (key.empty() ? "" : "/") + (value == nullptr ? std::string() : value->to_string());
  }
  return key;
}

} // namespace spie::dossier
