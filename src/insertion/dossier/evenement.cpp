#include "spie/dossier/evenement.hpp"

#include "spie/diagnostic.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace spie::dossier {

namespace {

constexpr std::array<std::string_view, 7> genres{"personne", "foyer",  "structure", "professionnel",
                                                 "instance", "import", "journal"};
constexpr std::array<std::string_view, 3> precisions{"jour", "mois", "annee"};
constexpr std::size_t max_subjects = 64;
constexpr std::size_t max_text = 512; // of an id, an author, a place

[[noreturn]] void refuse(std::string message, std::string where, std::string remedy = {}) {
  throw Error({Code::dossier_event, Level::error, std::move(message), std::move(where), std::move(remedy)});
}

// An object of the envelope, read key by key: one that nobody asks for is a fault.
class Envelope {
public:
  Envelope(const feel::Value &value, std::string where) : where_(std::move(where)) {
    if (!value.is(feel::Kind::context))
      refuse("an object is expected", where_);
    entries_ = &value.context();
  }

  const feel::Value *find(std::string_view key) {
    seen_.push_back(key);
    const feel::Value *value = entries_->find(key);
    return value == nullptr || value->is_null() ? nullptr : value;
  }
  std::string text(std::string_view key, bool required = false) {
    const feel::Value *value = find(key);
    if (value == nullptr) {
      if (required)
        refuse("the key '" + std::string(key) + "' is missing", where_);
      return {};
    }
    if (!value->is(feel::Kind::text) || value->text().size() > max_text)
      refuse("a text of at most " + std::to_string(max_text) + " bytes is expected", at(key));
    return value->text();
  }
  bool flag(std::string_view key) {
    const feel::Value *value = find(key);
    if (value != nullptr && !value->is(feel::Kind::boolean))
      refuse("true or false is expected", at(key));
    return value != nullptr && value->is_true();
  }
  std::optional<feel::Date> date(std::string_view key) {
    const feel::Value *value = find(key);
    if (value == nullptr)
      return std::nullopt;
    const bool midnight = value->is(feel::Kind::date_time) && value->date_time().is_bare_date();
    const auto date = value->is(feel::Kind::date)   ? std::optional(value->date())
                      : midnight                    ? std::optional(value->date_time().date)
                      : value->is(feel::Kind::text) ? feel::Date::parse(value->text())
                                                    : std::nullopt;
    if (!date)
      refuse("a date is expected", at(key), "Write it as \"2022-06-01\".");
    return date;
  }
  std::string at(std::string_view key) const { return where_ + "/" + std::string(key); }
  void end() const {
    for (const auto &[key, value] : *entries_)
      if (std::find(seen_.begin(), seen_.end(), key) == seen_.end())
        refuse("the key '" + key + "' is unknown", at(key));
  }

private:
  const feel::Context *entries_ = nullptr;
  std::string where_;
  std::vector<std::string_view> seen_;
};

const feel::Value &needed_effet(const feel::Value *value) {
  if (value == nullptr)
    refuse("the key 'effet' is missing", "/effet", "Say from when the fact holds: {\"debut\": \"2022-06-01\"}.");
  return *value;
}

Source read_source(const feel::Value *value) {
  if (value == nullptr)
    refuse("the key 'source' is missing", "/source", "Say where the fact comes from: {\"nom\": \"saisie\"}.");
  Envelope from(*value, "/source");
  Source source;
  source.nom = from.text("nom", true);
  if (source.nom.empty())
    refuse("a source has a name", "/source/nom");
  source.document = from.text("document");
  source.place = from.text("place");
  source.cle = from.text("cle");
  source.nomenclature = from.text("nomenclature");
  source.import_id = from.text("import");
  source.sans_date = from.flag("sans_date");
  from.end();
  return source;
}

std::vector<Sujet> read_subjects(const feel::Value *value) {
  if (value == nullptr || !value->is(feel::Kind::list) || value->list().empty() || value->list().size() > max_subjects)
    refuse("a list of one to " + std::to_string(max_subjects) + " subjects is expected", "/sujets",
           "Write [\"personne:4kq9…\"].");
  std::vector<Sujet> subjects;
  for (const feel::Value &item : value->list()) {
    const auto subject = item.is(feel::Kind::text) ? Sujet::parse(item.text()) : std::nullopt;
    const std::string where = "/sujets/" + std::to_string(subjects.size());
    if (!subject)
      refuse("this names no subject", where, "Write a genre and an id: \"personne:4kq9…\".");
    if (std::find(subjects.begin(), subjects.end(), *subject) != subjects.end())
      refuse("the subject is named twice", where);
    subjects.push_back(*subject);
  }
  return subjects;
}

void set_text(feel::Context &into, const char *key, const std::string &text) {
  if (!text.empty())
    into.set(key, text);
}

} // namespace

// --- instants ---

std::optional<Instant> Instant::parse(std::string_view text) {
  const auto read = feel::DateTime::parse(text);
  if (!read || read->time.zone.is_local())
    return std::nullopt;
  const feel::DaysDuration since = read->since_epoch();
  constexpr std::int64_t limit = 253'402'300'800; // the year 10000
  if (since.seconds < -limit || since.seconds >= limit || since.nanos % 1'000'000 != 0)
    return std::nullopt;
  return Instant{since.seconds * 1000 + since.nanos / 1'000'000};
}

Instant Instant::end_of_day(feel::Date date) {
  static constexpr std::string_view paris = "Europe/Paris";
  const auto zone = feel::Zone::named(paris);
  const auto next = date.plus_days(1);
  const auto offset = zone && next ? zone->offset_at(*next, 0) : std::nullopt;
  if (!offset)
    throw Error({Code::api_internal, Level::error, "the zone database has no Europe/Paris", {}, "Install tzdata."});
  return {(next->days * feel::seconds_per_day - *offset) * 1000 - 1};
}

feel::Date Instant::date() const {
  constexpr std::int64_t day = 86'400'000;
  return {ms / day - (ms % day < 0 ? 1 : 0)};
}

std::string Instant::to_string() const {
  constexpr std::int64_t day = 86'400'000;
  const std::int64_t rest = ms - date().days * day;
  const auto digits = [](std::int64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
  };
  return date().to_string() + "T" + digits(rest / 3'600'000, 2) + ":" + digits(rest / 60'000 % 60, 2) + ":" +
         digits(rest / 1000 % 60, 2) + "." + digits(rest % 1000, 3) + "Z";
}

// --- subjects ---

std::string_view text(Precision precision) noexcept { return precisions[static_cast<std::size_t>(precision)]; }
std::string_view text(Genre genre) noexcept { return genres[static_cast<std::size_t>(genre)]; }

std::optional<Genre> genre_of(std::string_view text) noexcept {
  const auto found = std::find(genres.begin(), genres.end(), text);
  return found == genres.end() ? std::nullopt : std::optional(static_cast<Genre>(found - genres.begin()));
}

std::optional<Sujet> Sujet::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos)
    return std::nullopt;
  const auto genre = genre_of(text.substr(0, colon));
  const std::string_view id = text.substr(colon + 1);
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  if (!genre || id.empty() || id.size() > 64 || !std::all_of(id.begin(), id.end(), allowed))
    return std::nullopt;
  return Sujet{*genre, std::string(id)};
}

std::string Sujet::to_string() const { return std::string(text(genre)) + ":" + id; }

// --- events ---

feel::Value to_value(const Evenement &evenement) {
  feel::Context result;
  set_text(result, "id", evenement.id);
  if (evenement.seq != 0) {
    result.set("seq", evenement.seq);
    result.set("enregistre", evenement.enregistre.to_string());
  }
  result.set("type", evenement.type);
  result.set("version", evenement.version);
  feel::List subjects;
  for (const Sujet &subject : evenement.sujets)
    subjects.emplace_back(subject.to_string());
  result.set("sujets", std::move(subjects));

  feel::Context effect{{"debut", evenement.effet.debut.to_string()}};
  if (evenement.effet.fin)
    effect.set("fin", evenement.effet.fin->to_string());
  if (evenement.effet.precision != Precision::jour)
    effect.set("precision", text(evenement.effet.precision));
  result.set("effet", std::move(effect));

  set_text(result, "auteur", evenement.auteur);
  feel::Context source{{"nom", evenement.source.nom}};
  set_text(source, "document", evenement.source.document);
  set_text(source, "place", evenement.source.place);
  set_text(source, "cle", evenement.source.cle);
  set_text(source, "nomenclature", evenement.source.nomenclature);
  set_text(source, "import", evenement.source.import_id);
  if (evenement.source.sans_date)
    source.set("sans_date", true);
  result.set("source", std::move(source));
  set_text(result, "corrige", evenement.corrige);
  set_text(result, "acte", evenement.acte);
  result.set("contenu", plain_contenu(evenement.contenu));
  return result;
}

Effet read_effet(const feel::Value &value) {
  Envelope from(value, "/effet");
  Effet effet;
  const auto start = from.date("debut");
  if (!start)
    refuse("the key 'debut' is missing", "/effet");
  effet.debut = *start;
  effet.fin = from.date("fin");
  if (effet.fin && *effet.fin <= effet.debut)
    refuse("the end is not after the beginning", "/effet/fin",
           "The end is the first day on which the fact holds no more.");
  if (const std::string grain = from.text("precision"); !grain.empty()) {
    const auto found = std::find(precisions.begin(), precisions.end(), grain);
    if (found == precisions.end())
      refuse("a precision is jour, mois or annee", "/effet/precision");
    effet.precision = static_cast<Precision>(found - precisions.begin());
  }
  from.end();
  return effet;
}

Evenement read_evenement(const feel::Value &value) {
  Envelope from(value, "");
  Evenement event;
  event.id = from.text("id");
  if (const feel::Value *seq = from.find("seq"); seq != nullptr) {
    const auto number = seq->is(feel::Kind::number) ? seq->number().to_int64() : std::nullopt;
    if (!number || *number < 1)
      refuse("a positive whole number is expected", "/seq");
    event.seq = *number;
  }
  if (const std::string text = from.text("enregistre"); !text.empty()) {
    const auto instant = Instant::parse(text);
    if (!instant)
      refuse("an instant with its zone is expected", "/enregistre", "Write it as \"2022-03-05T08:00:00Z\".");
    event.enregistre = *instant;
  }
  event.type = from.text("type", true);
  const TypeContenu *type = find_type(event.type);
  if (type == nullptr)
    throw Error({Code::dossier_type, Level::error, "there is no event of the type '" + event.type + "'", "/type"});
  event.version = type->version;
  if (const feel::Value *version = from.find("version"); version != nullptr) {
    const auto number = version->is(feel::Kind::number) ? version->number().to_int64() : std::nullopt;
    if (number != type->version)
      throw Error({Code::dossier_type, Level::error,
                   "the type '" + event.type + "' is known in version " + std::to_string(type->version), "/version",
                   "A later version needs a later library."});
  }
  event.sujets = read_subjects(from.find("sujets"));
  if (type->genre && event.sujets.front().genre != *type->genre)
    refuse("an event of the type '" + event.type + "' is held by a subject of the genre '" +
               std::string(text(*type->genre)) + "'",
           "/sujets/0");
  event.effet = read_effet(needed_effet(from.find("effet")));
  event.auteur = from.text("auteur");
  event.source = read_source(from.find("source"));
  event.corrige = from.text("corrige");
  event.acte = from.text("acte");
  const feel::Value *content = from.find("contenu");
  if (content == nullptr || !content->is(feel::Kind::context))
    refuse("an object is expected", "/contenu");
  std::vector<Diagnostic> faults;
  event.contenu = read_contenu(*type, content->context(), faults);
  if (!faults.empty())
    throw Error(std::move(faults));
  from.end();
  return event;
}

std::optional<Connaissance> Connaissance::parse(std::string_view text) {
  Connaissance known;
  if (!text.empty() && text.front() == '#') {
    std::int64_t seq = 0;
    const auto [end, fault] = std::from_chars(text.data() + 1, text.data() + text.size(), seq);
    if (fault != std::errc() || end != text.data() + text.size() || seq < 0)
      return std::nullopt;
    known.seq = seq;
  } else if (const auto date = feel::Date::parse(text)) {
    known.instant = Instant::end_of_day(*date);
  } else if (const auto instant = Instant::parse(text)) {
    known.instant = instant;
  } else {
    return std::nullopt;
  }
  return known;
}

} // namespace spie::dossier
