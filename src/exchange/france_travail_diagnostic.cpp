// The diagnostic of one person. Constraints become barriers; situations, objectives and needs keep their codes under
// the version that gives them a meaning: fourteen objective codes of v4 mean something else in v1.
#include "spie/exchange/france_travail.hpp"

#include "exchange/controles.hpp"
#include "exchange/diagnostic_forme.hpp"
#include "exchange/enonces.hpp"
#include "insertion/dossier/inconnu.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/json.hpp"

#include <array>
#include <set>

namespace spie::exchange {

using dossier::Sujet;

namespace {

constexpr std::size_t most_bytes = 16u << 20;
// The API names a job by 80 characters: a UUID, a mark, 43 more.
constexpr std::size_t longest_id = 100;

std::optional<std::string> all_of(Octets &bytes) {
  std::string text;
  std::array<char, 1u << 16> buffer{};
  while (const std::size_t count = bytes.read(buffer.data(), buffer.size())) {
    text.append(buffer.data(), count);
    if (text.size() > most_bytes)
      return std::nullopt;
  }
  if (text.starts_with("\xEF\xBB\xBF"))
    text.erase(0, 3);
  return text;
}

class Diagnostics {
public:
  Diagnostics(Session &session, Fil &fil, const DiagnosticFt &read, const Nomenclature *lists)
      : session_(session), fil_(fil), read_(read), lists_(lists) {}

  void run() {
    for (const std::string &key : read_.inconnus)
      session_.warn(Code::import_format, key, key, {}, "cette partie du document n'est pas lue",
                    "Aucune version connue ne l'a : le signaler.");
    for (const std::string &key : read_.malformes)
      session_.refuse(Code::import_value, key, key, {}, "cette partie du document n'a pas la forme attendue",
                      "Demander le document entier.");
    for (const ContrainteFt &one : read_.contraintes)
      record(one.place, "contrainte", one.reponse.code, [&] { constraint(one); });
    for (const MetierFt &one : read_.metiers)
      record(one.place, "metier", one.id, [&] { job(one); });
    for (const ReponseFt &need : read_.besoins_numeriques)
      record("autonomieNumerique/besoin", "besoin", need.code, [&] { this->need("22", need); });
    if (read_.pouvoir_agir)
      record("pouvoirAgir", "bloc", "pouvoirAgir", [&] { power(*read_.pouvoir_agir); });
    if (read_.sans_contrainte)
      record("thematiqueContrainte/declareSansContrainte", "bloc", "declareSansContrainte", [&] {
        say({{"question", read_.version + "/declare_sans_contrainte"},
             {"reponse", *read_.sans_contrainte ? "oui" : "non"}},
            read_.sans_contrainte_date);
      });
    projects();
  }

private:
  template <class Take>
  void record(const std::string &place, const std::string &kind, const std::string &key, Take &&take) {
    session_.begin_record();
    place_ = place;
    const bool known = !said_.insert(kind + "/" + key).second;
    const bool read = !key.empty() && key.size() <= longest_id && !known;
    if (read)
      take();
    else if (known)
      session_.refuse(Code::import_key, place, "code", key,
                      "ce code est deux fois dans le document : le premier compte", "Demander le document à nouveau.",
                      true);
    else
      session_.refuse(Code::import_key, place, "code", key, "le code ou l'identifiant manque, ou est trop long",
                      "Demander le document entier.", true);
    session_.end_record(read);
  }

  Contexte context() const { return {session_, fil_, place_}; }
  void say(const feel::Context &content, std::optional<feel::Date> since) {
    state_now(context(), "reponse_diagnostic", content, since);
  }
  std::string meaning(std::string_view list, std::string_view value) const {
    return lists_ == nullptr ? std::string() : lists_->text(list, value, "reponse");
  }
  bool known(std::string_view list, std::string_view code) const {
    return lists_ == nullptr || lists_->find(list, code) != nullptr;
  }
  void unknown(std::string_view field, const std::string &value, const char *motif) {
    session_.warn(Code::import_code, place_, std::string(field), value, motif,
                  "Compléter la nomenclature france_travail.diagnostic." + read_.version + ".");
  }

  void constraint(const ContrainteFt &one) {
    const std::string &code = one.reponse.code;
    const std::string key = read_.version + "/" + code;
    const bool listed = known("contrainte", code);
    if (!listed)
      unknown("code", code, "cette contrainte n'est pas connue dans cette version : elle est gardée telle quelle");
    std::string barrier = lists_ == nullptr ? std::string() : lists_->text("contrainte", code, "frein");
    if (barrier.empty())
      barrier = key;
    std::string answer = meaning("valeur_contrainte", one.reponse.valeur);
    if (answer.empty()) {
      raw(key + "/contrainte", one.reponse);
      answer = "non_aborde";
    }
    feel::Context content{{"code", barrier}, {"reponse", answer}};
    put(content, "impact", one.impact);
    if (one.prioritaire)
      content.set("prioritaire", *one.prioritaire);
    state_now(context(), "frein", content, one.reponse.date);
    for (const ReponseFt &situation : one.situations)
      item(key + "/situation/" + situation.code, "situation", code + "/" + situation.code, listed, situation);
    for (const ReponseFt &goal : one.objectifs)
      objective(key, barrier, code, listed, goal);
  }

  bool has_code(const ReponseFt &one, const std::string &key) {
    const bool form = !one.code.empty() && one.code.size() <= longest_id;
    if (form && said_.insert(key).second)
      return true;
    session_.refuse(Code::import_value, place_, "code", one.code,
                    form ? "ce code est deux fois : le premier compte" : "le code manque, ou est trop long",
                    "Demander le document entier.");
    return false;
  }

  // What was not explored is written only where it ends an earlier answer: most of the grid is such.
  void item(const std::string &question, std::string_view list, const std::string &listed_as, bool check,
            const ReponseFt &one) {
    if (!has_code(one, question))
      return;
    if (check && !known(list, listed_as))
      unknown(list, one.code, "ce code n'est pas connu dans cette version : il est gardé tel quel");
    const std::string answer = meaning("valeur_" + std::string(list), one.valeur);
    if (answer == "non_aborde" && !fil_.spoke_of("reponse_diagnostic", question))
      return;
    if (!answer.empty())
      say({{"question", question}, {"reponse", answer}}, one.date);
    else if (known("valeur_" + std::string(list), one.valeur))
      say({{"question", question}, {"valeurs", feel::List{one.valeur}}}, one.date);
    else
      raw(question, one);
  }

  void raw(const std::string &question, const ReponseFt &one) {
    unknown("valeur", one.valeur, "cette valeur n'est pas connue : elle est gardée sans être interprétée");
    if (!one.valeur.empty())
      say({{"question", question}, {"valeurs", feel::List{one.valeur}}}, one.date);
  }

  void objective(const std::string &key, const std::string &barrier, const std::string &constraint, bool check,
                 const ReponseFt &one) {
    const std::string id = key + "/" + one.code;
    if (!has_code(one, id))
      return;
    if (check && !known("objectif", constraint + "/" + one.code))
      unknown("objectif", one.code, "ce code n'est pas connu dans cette version : il est gardé tel quel");
    if (meaning("valeur_objectif", one.valeur) == "non_aborde" && !fil_.spoke_of("objectif", id))
      return;
    if (!known("valeur_objectif", one.valeur))
      unknown("valeur", one.valeur, "cet état d'objectif n'est pas connu : il est gardé tel quel");
    feel::Context content{{"id", id}, {"frein", barrier}};
    put(content, "libelle", one.libelle);
    put(content, "etat", one.valeur);
    state_now(context(), "objectif", content, one.date);
  }

  void need(const std::string &about, const ReponseFt &one) {
    item(read_.version + "/besoin/" + about + "/" + one.code, "besoin", about == "22" ? "22/" + one.code : one.code,
         true, one);
  }

  void job(const MetierFt &one) {
    for (const ReponseFt &need : one.besoins)
      this->need(one.id, need);
  }

  void power(const PouvoirAgirFt &one) {
    for (const auto &[field, value] :
         {std::pair{"confiance", &one.confiance}, std::pair{"accompagnement", &one.accompagnement}}) {
      if (value->empty())
        continue;
      const std::string question = read_.version + "/pouvoir_agir/" + field;
      const std::string answer = meaning("valeur_pouvoir_agir", *value);
      if (answer.empty())
        raw(question, {field, {}, *value, one.date});
      else
        say({{"question", question}, {"reponse", answer}}, one.date);
    }
    if (!one.analyse.empty())
      say({{"question", read_.version + "/pouvoir_agir/analyse"}, {"texte", one.analyse}}, one.date);
  }

  // The jobs sought, all at once: they are one fact.
  void projects() {
    feel::Context content;
    std::vector<std::string> codes, labels;
    for (const MetierFt &one : read_.metiers) {
      codes.push_back(one.rome);
      labels.push_back(one.nom);
    }
    put(content, "metiers", codes);
    put(content, "libelles", labels);
    place_ = "metiers";
    if (!content.empty())
      state_now(context(), "recherche_emploi", content);
  }

  Session &session_;
  Fil &fil_;
  const DiagnosticFt &read_;
  const Nomenclature *lists_;
  std::string place_;
  std::set<std::string> said_; // the blocks and their items
};

} // namespace

Rapport import_france_travail_diagnostic(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                         const Sujet &personne, const Nomenclatures &nomenclatures) {
  if (personne.genre != dossier::Genre::personne || journal.about(personne).empty())
    dossier::refuse_unknown(personne);
  Session session(journal, options, "france_travail_diagnostic", "france_travail.diagnostic", "bloc", bytes);
  if (!options.date_fichier)
    return session.give_up(Code::import_format, {}, "le document ne porte pas de date, et aucune n'est donnée",
                           "Donner la date à laquelle il a été reçu (date_fichier, --date-fichier).");
  if (const auto fault = reference_fault(*options.date_fichier, options.enregistre))
    return session.give_up(Code::import_format, {}, fault->motif, fault->remede);
  const auto text = all_of(bytes);
  if (!text)
    return session.give_up(Code::import_limit, {}, "le document a plus de 16 Mio",
                           "Donner le diagnostic d'une personne.");
  feel::Value document;
  try {
    document = read_json(*text, {}, {session.depth(), most_bytes});
  } catch (const Error &error) {
    return session.give_up(Code::import_format, error.first().where, "le document n'est pas du JSON bien formé",
                           "Le demander à nouveau, en entier.");
  }
  const std::string version = document.is(feel::Kind::context) ? version_of(document.context()) : std::string();
  if (version.empty())
    return session.give_up(Code::import_format, {}, "ce n'est un diagnostic d'aucune des deux versions lues, v1 et v4",
                           "Donner l'objet que l'API rend pour une personne.");
  const Nomenclature *lists = nomenclatures.find("france_travail.diagnostic." + version);
  const DiagnosticFt read = read_diagnostic(document.context(), version);
  try {
    session.open(*options.date_fichier, lists == nullptr ? "france_travail.diagnostic." + version : lists->reference());
    Fil fil(session, dossier::holder(journal, personne), personne.id);
    Diagnostics(session, fil, read, lists).run();
    fil.observe({});
    return session.close();
  } catch (const Arret &arret) {
    return session.give_up(arret, {});
  }
}

} // namespace spie::exchange
