#include "insertion/parcours/lecteur.hpp"

#include "insertion/text_of.hpp"

#include <algorithm>

namespace spie::parcours {

namespace {

using dossier::Fait;
using feel::Kind;

const feel::List &list_of(const feel::Value *document, std::string_view key) {
  static const feel::List none;
  const feel::Value *found =
      document != nullptr && document->is(Kind::context) ? document->context().find(key) : nullptr;
  return found != nullptr && found->is(Kind::list) ? found->list() : none;
}

std::string without_star(std::string path) {
  if (const std::size_t star = path.find('*'); star != std::string::npos)
    path[star] = '1';
  return path;
}

bool says(const Fait *fact, std::string_view word) {
  return fact != nullptr && fact->dire.valeur.is(Kind::text) && fact->dire.valeur.text() == word;
}

// What happened since the last diagnostic: freins lifted, actions finished, a job found.
feel::Context since(const DossierLu &lu) {
  feel::Context read;
  const auto day = jour_du_diagnostic(lu.situation);
  if (!day)
    return {{"freins_leves", 0}, {"actions_finies", 0}, {"emploi_trouve", false}};
  std::int64_t lifted = 0, finished = 0;
  bool job = false;
  for (const Fait &fact : lu.situation.faits) {
    const bool after = fact.dire.effet.debut > *day;
    if (fact.type == "frein" && fact.champ == "reponse" && after && says(&fact, "non") && lu.repere &&
        says(lu.repere->find(fact.chemin), "oui"))
      ++lifted;
    if (fact.type == "action" && fact.champ == "etape" && after && says(&fact, "terminee"))
      ++finished;
    if (fact.type == "emploi" && fact.champ == "etape" && after && says(&fact, "trouve"))
      job = true;
  }
  return {{"diagnostic_le", *day}, {"freins_leves", lifted}, {"actions_finies", finished}, {"emploi_trouve", job}};
}

} // namespace

LecteurDiagnostic::Prepare::Prepare(std::shared_ptr<const Pack> given)
    : pack(std::move(given)), trame(read_trame(*pack)), grille(pack->role("grille")),
      fraicheurs(pack->role("fraicheurs")), entree(pack->role("entree")) {
  if (grille.empty())
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack->id() + "' gives no decision the role 'grille'",
                 "pack.json#/roles",
                 {}});
  const auto prepare = [&](const std::string &name) {
    if (name.empty() || decisions.contains(name))
      return;
    DecisionPrete ready{pack->decision(name), {}, dossier::LecteurFaits(*pack, name)};
    for (const dmn::FactInfo &fact : pack->facts(name))
      ready.entrees.insert(fact.path.substr(0, fact.path.find_first_of(".[")));
    decisions.emplace(name, std::move(ready));
  };
  prepare(grille);
  prepare(fraicheurs);
  prepare(entree);
  trame.each([&](const Question &question) {
    const std::size_t from = chemins.size();
    chemins.push_back("reponse_diagnostic." + question.id +
                      (question.genre == GenreQuestion::oui_non ? ".reponse"
                       : question.genre == GenreQuestion::texte ? ".texte"
                                                                : ".valeurs"));
    for (const FaitQuiRepond &fact : question.sources)
      chemins.push_back(without_star(fact.chemin));
    places.emplace_back(from, chemins.size());
    for (const std::string &served : question.sert)
      prepare(served.substr(0, served.find('.')));
  });
  for (const feel::Value &one : list_of(pack->data("classes_freins"), "valeurs"))
    freins.emplace(text_of(one, "code"), text_of(one, "libelle"));
  for (const feel::Value &one : list_of(pack->data("actions_types"), "valeurs"))
    familles.insert(text_of(one, "code"));
  for (const feel::Value &one : list_of(pack->data("trame"), "points_forts"))
    points_forts.emplace_back(text_of(one, "debut"), text_of(one, "valeur"));
  for (const feel::Value &list : list_of(pack->data("correspondances"), "listes"))
    for (const feel::Value &one : list_of(&list, "valeurs")) {
      if (const std::string label = text_of(one, "libelle"); !label.empty())
        libelles.emplace(text_of(one, "code"), label);
      if (const std::string frein = text_of(one, "frein");
          text_of(list, "format") == "data_inclusion.v1" && !frein.empty())
        offres[frein].push_back(text_of(one, "code"));
    }
}

const DecisionPrete *LecteurDiagnostic::Prepare::find(std::string_view name) const {
  const auto found = decisions.find(name);
  return found == decisions.end() ? nullptr : &found->second;
}

std::string LecteurDiagnostic::Prepare::libelle(std::string_view code) const {
  if (const auto found = freins.find(code); found != freins.end())
    return found->second;
  const auto found = pack->labels().find(std::string(code));
  return found == pack->labels().end() ? std::string(code) : found->second;
}

LecteurDiagnostic::LecteurDiagnostic(std::shared_ptr<const Pack> pack)
    : prepare_(std::make_unique<const Prepare>(std::move(pack))) {}
LecteurDiagnostic::LecteurDiagnostic(LecteurDiagnostic &&) noexcept = default;
LecteurDiagnostic::~LecteurDiagnostic() = default;

const Trame &LecteurDiagnostic::trame() const noexcept { return prepare_->trame; }
const std::vector<std::string> &LecteurDiagnostic::chemins() const noexcept { return prepare_->chemins; }

std::optional<feel::Date> jour_du_diagnostic(const dossier::Situation &situation) {
  std::optional<feel::Date> last;
  for (const Fait &fact : situation.faits)
    if (fact.type == "diagnostic" && fact.champ == "etape" && (!last || fact.dire.effet.debut > *last))
      last = fact.dire.effet.debut;
  return last;
}

DossierLu lire_dossier(dossier::Journal &journal, const dossier::Sujet &personne, feel::Date au,
                       const dossier::Connaissance &connu, const dossier::Regles &regles) {
  DossierLu read{dossier::situation(journal, personne, au, connu, regles),
                 dossier::situation(journal, personne, au, connu),
                 {},
                 {}};
  if (const auto day = jour_du_diagnostic(read.situation))
    read.repere = dossier::situation(journal, personne, *day, connu, regles);
  return read;
}

FaitsDiagnostic::FaitsDiagnostic(const LecteurDiagnostic::Prepare &prepare, const DossierLu &lu)
    : lu_(lu), reponses_(read_reponses(prepare.trame, lu.recente)), parcours_(since(lu)) {}

feel::Context FaitsDiagnostic::pour(const DecisionPrete &decision, const Reponses &reponses,
                                    const dossier::Situation &situation) const {
  feel::Context facts = decision.faits.faits(situation);
  if (decision.entrees.contains("reponses"))
    facts.set("reponses", reponses.faits());
  if (decision.entrees.contains("parcours_lu"))
    facts.set("parcours_lu", parcours_);
  if (decision.entrees.contains("freins") && !proposes_.empty())
    facts.set("freins", with_proposals(facts.find("freins")));
  return facts;
}

// The freins that the dossier answers; for the others, what the grid reads.
feel::List FaitsDiagnostic::with_proposals(const feel::Value *said) const {
  feel::List freins = said != nullptr && said->is(Kind::list) ? said->list() : feel::List();
  for (const auto &[code, present] : proposes_) {
    const auto same = [&](const feel::Value &one) { return text_of(one, "code") == code; };
    const auto held = std::find_if(freins.begin(), freins.end(), same);
    feel::Value read(feel::Context{{"code", code}, {"reponse", present ? "oui" : "non"}});
    if (held == freins.end())
      freins.push_back(std::move(read));
    else if (const std::string answer = text_of(*held, "reponse"); answer != "oui" && answer != "non")
      *held = std::move(read);
  }
  return freins;
}

PackResult FaitsDiagnostic::decide(const DecisionPrete &decision, const Reponses &reponses,
                                   const dossier::Situation *situation) const {
  return decision.decision->evaluate(
      feel::Value(pour(decision, reponses, situation == nullptr ? lu_.situation : *situation)), lu_.situation.au,
      {.trace = false, .explanation = false, .parametres = {}});
}

const feel::Value *membre(const feel::Value &value, std::string_view path) noexcept {
  const feel::Value *at = &value;
  while (!path.empty() && at != nullptr) {
    const std::string_view name = path.substr(0, path.find('.'));
    at = at->is(Kind::context) ? at->context().find(name) : nullptr;
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
  return at != nullptr && !at->is_null() ? at : nullptr;
}

} // namespace spie::parcours
