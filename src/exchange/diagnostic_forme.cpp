#include "exchange/diagnostic_forme.hpp"

#include "spie/dossier/evenement.hpp"

#include <algorithm>
#include <array>

namespace spie::exchange {

namespace {

using feel::Context;
using feel::Kind;

constexpr std::array<std::string_view, 2> v1_keys{"besoinsParDiagnosticIndividuDtos", "contraintesIndividusDto"};
constexpr std::array<std::string_view, 4> v4_keys{"besoinsParDiagnostic", "thematiqueContrainte", "pouvoirAgir",
                                                  "autonomieNumerique"};

// A list, where most parts are objects.
bool is_list(std::string_view key) { return key.starts_with("besoinsParDiagnostic"); }

// A code may come as a number: its digits are the code.
std::string text_of(const Context &object, std::string_view key) {
  const feel::Value *value = object.find(key);
  return value != nullptr && (value->is(Kind::text) || value->is(Kind::number)) ? value->to_string() : std::string();
}

std::optional<bool> flag_of(const Context &object, std::string_view key) {
  const feel::Value *value = object.find(key);
  return value != nullptr && value->is(Kind::boolean) ? std::optional(value->boolean()) : std::nullopt;
}

const Context &object_of(const Context &object, std::string_view key) {
  static const Context nothing;
  const feel::Value *value = object.find(key);
  return value != nullptr && value->is(Kind::context) ? value->context() : nothing;
}

std::vector<Context> objects_of(const Context &object, std::string_view key) {
  std::vector<Context> result;
  const feel::Value *value = object.find(key);
  if (value != nullptr && value->is(Kind::list))
    for (const feel::Value &item : value->list())
      result.push_back(item.is(Kind::context) ? item.context() : Context()); // without a code, it is refused
  return result;
}

// The day in Paris: v1 writes midnight in UTC.
std::optional<feel::Date> day_of(const Context &object, std::string_view key) {
  const auto instant = dossier::Instant::parse(text_of(object, key));
  static const auto paris = feel::Zone::named("Europe/Paris");
  if (!instant || !paris)
    return std::nullopt;
  const std::int64_t seconds = instant->ms >= 0 ? instant->ms / 1'000 : (instant->ms - 999) / 1'000;
  const std::int64_t local = seconds + paris->offset_at_instant(seconds).value_or(0);
  const std::int64_t day =
      local >= 0 ? local / feel::seconds_per_day : (local - feel::seconds_per_day + 1) / feel::seconds_per_day;
  return feel::Date{day};
}

ReponseFt answer(const Context &object, std::string_view date_key, std::optional<feel::Date> otherwise) {
  ReponseFt read{text_of(object, "code"), text_of(object, "libelle"), text_of(object, "valeur"),
                 day_of(object, date_key)};
  if (!read.date)
    read.date = otherwise;
  return read;
}

std::vector<ReponseFt> answers(const Context &object, std::string_view key, std::string_view date_key,
                               std::optional<feel::Date> otherwise) {
  std::vector<ReponseFt> result;
  for (const Context &one : objects_of(object, key))
    result.push_back(answer(one, date_key, otherwise));
  return result;
}

ContrainteFt constraint(const Context &object, std::string place, std::string_view date_key,
                        std::optional<feel::Date> otherwise) {
  ContrainteFt read;
  read.place = std::move(place);
  read.reponse = answer(object, date_key, otherwise);
  read.impact = text_of(object, "impact");
  read.prioritaire = flag_of(object, "estPrioritaire");
  read.situations = answers(object, "situations", date_key, read.reponse.date);
  read.objectifs = answers(object, "objectifs", date_key, read.reponse.date);
  return read;
}

MetierFt job(const Context &object, std::string place) {
  return {std::move(place),
          text_of(object, "idMetierChiffre"),
          text_of(object, "nomMetier"),
          text_of(object, "codeRome"),
          text_of(object, "statut"),
          {}};
}

void read_v1(const Context &document, DiagnosticFt &into) {
  const std::string jobs(v1_keys[0]), theme(v1_keys[1]);
  for (const Context &one : objects_of(document, jobs)) {
    MetierFt read = job(one, jobs + "/" + std::to_string(into.metiers.size()));
    read.besoins = answers(one, "besoins", "dateExploration", day_of(one, "dateMiseAJour"));
    into.metiers.push_back(std::move(read));
  }
  const Context &constraints = object_of(document, theme);
  for (const Context &one : objects_of(constraints, "contraintes"))
    into.contraintes.push_back(constraint(one, theme + "/contraintes/" + std::to_string(into.contraintes.size()),
                                          "date", day_of(constraints, "dateDeModification")));
}

void read_v4(const Context &document, DiagnosticFt &into) {
  const std::string jobs(v4_keys[0]), theme(v4_keys[1]), power(v4_keys[2]), digital(v4_keys[3]);
  constexpr std::string_view date = "dateExploration";
  for (const Context &one : objects_of(document, jobs)) {
    MetierFt read = job(object_of(one, "diagnostic"), jobs + "/" + std::to_string(into.metiers.size()));
    for (const Context &group : objects_of(one, "thematiquesBesoins"))
      for (ReponseFt &need : answers(group, "besoins", date, day_of(one, "dateDerniereExplorationBesoin")))
        read.besoins.push_back(std::move(need));
    into.metiers.push_back(std::move(read));
  }
  const Context &constraints = object_of(document, theme);
  for (const Context &one : objects_of(constraints, "contraintes"))
    into.contraintes.push_back(constraint(one, theme + "/contraintes/" + std::to_string(into.contraintes.size()), date,
                                          day_of(constraints, date)));
  const Context &declared = object_of(constraints, "declareSansContrainte");
  into.sans_contrainte = flag_of(declared, "flag");
  into.sans_contrainte_date = day_of(declared, "date");
  const Context &autonomy = object_of(document, digital);
  if (const Context &one = object_of(autonomy, "contrainte"); !one.empty())
    into.contraintes.push_back(constraint(one, digital + "/contrainte", date, day_of(autonomy, date)));
  if (const Context &need = object_of(autonomy, "besoin"); !need.empty())
    into.besoins_numeriques.push_back(answer(need, date, day_of(autonomy, date)));
  if (const Context &act = object_of(document, power); !act.empty())
    into.pouvoir_agir = PouvoirAgirFt{text_of(act, "confiance"), text_of(act, "accompagnement"),
                                      text_of(act, "resultatAnalyse"), day_of(act, date)};
}

template <class Keys> bool has_one(const Context &document, const Keys &keys) {
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return document.find(key) != nullptr; });
}

} // namespace

std::string version_of(const Context &document) {
  const bool v1 = has_one(document, v1_keys);
  const bool v4 = has_one(document, v4_keys);
  return v1 == v4 ? "" : v1 ? "v1" : "v4";
}

DiagnosticFt read_diagnostic(const Context &document, const std::string &version) {
  DiagnosticFt read;
  read.version = version;
  if (version == "v1")
    read_v1(document, read);
  else
    read_v4(document, read);
  for (const auto &[key, value] : document)
    if (std::find(v1_keys.begin(), v1_keys.end(), key) == v1_keys.end() &&
        std::find(v4_keys.begin(), v4_keys.end(), key) == v4_keys.end())
      read.inconnus.push_back(key);
    else if (!value.is_null() && !value.is(is_list(key) ? Kind::list : Kind::context))
      read.malformes.push_back(key);
  return read;
}

} // namespace spie::exchange
