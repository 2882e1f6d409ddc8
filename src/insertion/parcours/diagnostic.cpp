// The shared diagnostic and its road map, from one dossier.
#include "insertion/parcours/lecteur.hpp"

#include "insertion/text_of.hpp"
#include "spie/parcours/equite.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

namespace {

using dossier::Fait;
using feel::Kind;
using feel::Value;

const feel::List &list_of(const Value *value) {
  static const feel::List none;
  return value != nullptr && value->is(Kind::list) ? value->list() : none;
}

std::vector<std::string> texts(const Value *value) {
  std::vector<std::string> result;
  for (const Value &one : list_of(value))
    if (one.is(Kind::text))
      result.push_back(one.text());
  return result;
}

std::string text_at(const Value &value, std::string_view path) {
  const Value *found = membre(value, path);
  return found != nullptr && found->is(Kind::text) ? found->text() : std::string();
}
std::optional<bool> flag_at(const Value &value, std::string_view path) {
  const Value *found = membre(value, path);
  return found != nullptr && found->is(Kind::boolean) ? std::optional(found->boolean()) : std::nullopt;
}

// The fields of the things of one type, by key, in the order of the situation.
struct Chose {
  std::string cle;
  std::map<std::string_view, const Fait *> champs;
  std::string text(std::string_view champ) const {
    const auto found = champs.find(champ);
    return found != champs.end() && found->second->dire.valeur.is(Kind::text) ? found->second->dire.valeur.text()
                                                                              : std::string();
  }
  std::optional<feel::Date> date(std::string_view champ) const {
    const auto found = champs.find(champ);
    return found != champs.end() && found->second->dire.valeur.is(Kind::date)
               ? std::optional(found->second->dire.valeur.date())
               : std::nullopt;
  }
  std::optional<feel::Date> depuis() const {
    std::optional<feel::Date> last;
    for (const auto &[name, fact] : champs)
      if (!last || fact->dire.effet.debut > *last)
        last = fact->dire.effet.debut;
    return last;
  }
};
std::vector<Chose> things(const dossier::Situation &situation, std::string_view type) {
  std::vector<Chose> list;
  for (const Fait &fact : situation.faits)
    if (fact.type == type) {
      if (list.empty() || list.back().cle != fact.cle)
        list.push_back({fact.cle, {}});
      list.back().champs[fact.champ] = &fact;
    }
  return list;
}

constexpr std::array<std::string_view, 3> en_cours{"choisie", "prescrite", "demarree"};
bool is_live(std::string_view step) { return std::find(en_cours.begin(), en_cours.end(), step) != en_cours.end(); }

class Redaction {
public:
  Redaction(const LecteurDiagnostic::Prepare &prepare, const DossierLu &lu)
      : prepare_(prepare), lu_(lu), facts_(prepare, lu), answers_(facts_.reponses()) {}

  DiagnosticPartage run() {
    const DecisionPrete &grid = *prepare_.find(prepare_.grille);
    const PackResult read = facts_.decide(grid, answers_);
    grid_ = read.value;
    into_.dossier = lu_.situation.sujet.to_string();
    into_.au = lu_.situation.au;
    into_.trame = prepare_.trame.nom + " " + prepare_.trame.version;
    into_.pack_id = read.pack_id;
    into_.pack_version = read.pack_version;
    into_.manquants = read.missing;
    into_.pose = last_diagnostic();
    if (into_.pose)
      into_.perime = flag_at(grid_, "perime");
    freins();
    entry();
    actions_ = things(lu_.situation, "action");
    needs();
    potential();
    tension();
    actions();
    resources();
    choices();
    rights();
    equity();
    to_clear();
    for (const Value &one : list_of(membre(grid_, "complements")))
      into_.complements.push_back({text_of(one, "code"), text_of(one, "motif")});
    return std::move(into_);
  }

  FeuilleDeRoute feuille() {
    DiagnosticPartage read = run();
    FeuilleDeRoute sheet;
    sheet.dossier = std::move(read.dossier);
    sheet.au = read.au;
    sheet.diagnostic = std::move(read.pose);
    sheet.objectifs = std::move(read.choix.objectifs);
    sheet.a_faire = std::move(read.actions_prioritaires.choisies);
    sheet.proposees = std::move(read.choix.proposees);
    sheet.refusees = std::move(read.choix.refusees);
    for (const Chose &one : actions_)
      if (const std::string step = one.text("etape"); step == "terminee")
        sheet.faites.push_back(followed(one));
    for (const auto *needs :
         {&read.besoins_sociaux_et_professionnels.sociaux, &read.besoins_sociaux_et_professionnels.professionnels})
      for (const std::string &code : *needs)
        sheet.besoins.push_back(prepare_.libelle(code));
    sheet.ressources = std::move(read.ressources.personne);
    return sheet;
  }

private:
  Signe sign(const std::string &question) const {
    Signe said;
    said.question = question;
    if (const Question *asked = prepare_.trame.find(question))
      said.texte = asked->texte;
    if (const ReponseLue *answer = answers_.find(question)) {
      said.reponse = answer->affichee;
      said.source = answer->source;
      said.evenement = answer->evenement;
      said.le = answer->le;
    }
    return said;
  }
  std::vector<Signe> signs(const Value *questions) const {
    std::vector<Signe> list;
    for (const std::string &one : texts(questions))
      list.push_back(sign(one));
    return list;
  }

  std::optional<DiagnosticPose> last_diagnostic() const {
    std::optional<DiagnosticPose> last;
    for (const Chose &one : things(lu_.situation, "diagnostic")) {
      const auto step = one.champs.find("etape");
      if (step == one.champs.end())
        continue;
      const feel::Date on = step->second->dire.effet.debut;
      if (last && last->le && *last->le > on)
        continue;
      last = DiagnosticPose{one.cle,
                            one.text("etape"),
                            one.text("structure"),
                            one.text("trame"),
                            one.text("accord"),
                            one.text("accord_recueilli"),
                            {},
                            on};
      if (const auto whole = one.champs.find("complet");
          whole != one.champs.end() && whole->second->dire.valeur.is(Kind::boolean))
        last->complet = whole->second->dire.valeur.boolean();
    }
    return last;
  }

  void freins() {
    for (const Value &one : list_of(membre(grid_, "freins"))) {
      FreinLu frein;
      frein.code = text_of(one, "code");
      frein.libelle = prepare_.libelle(frein.code);
      frein.classe = text_of(one, "classe");
      frein.present = flag_at(one, "present");
      frein.gravite = text_of(one, "gravite");
      frein.signes = signs(membre(one, "signes"));
      frein.contredit = flag_at(one, "contredit").value_or(false);
      if (const Fait *held = lu_.situation.find("frein." + frein.code + ".reponse");
          held != nullptr && held->dire.valeur.is(Kind::text)) {
        frein.retenu = held->dire.valeur.text();
        frein.source = held->dire.source;
      }
      if (const auto offers = prepare_.offres.find(frein.code); offers != prepare_.offres.end())
        frein.thematiques = offers->second;
      into_.freins.push_back(std::move(frein));
    }
  }

  // By the needs, as far as people retained them; where they did not, as the grid reads them.
  void entry() {
    const DecisionPrete *ready = prepare_.find(prepare_.entree);
    if (ready == nullptr)
      return;
    for (const FreinLu &frein : into_.freins)
      if (frein.present)
        facts_.propose(frein.code, *frein.present);
    into_.entree = facts_.decide(*ready, answers_).value;
  }

  void needs() {
    auto &needs = into_.besoins_sociaux_et_professionnels;
    for (const std::string_view weight : {"fort", "moyen", "faible", ""})
      for (const FreinLu &frein : into_.freins)
        if (frein.present.value_or(false) && frein.gravite == weight)
          (frein.classe == "social" ? needs.sociaux : needs.professionnels).push_back(frein.code);
    for (const FreinLu &frein : into_.freins)
      if (!frein.present)
        needs.inconnus.push_back(frein.code);
  }

  void potential() {
    prepare_.trame.each([&](const Question &question) {
      const auto &papers = question.documents;
      const ReponseLue *answer = answers_.find(question.id);
      if (answer != nullptr && answer->etat == EtatReponse::dite && answer->affichee != "non" &&
          std::find(papers.begin(), papers.end(), "passeport") != papers.end())
        into_.potentiel.push_back(sign(question.id));
    });
    for (const Fait &fact : lu_.recente.faits)
      if (fact.type == "reponse_diagnostic" && fact.champ == "valeurs")
        for (const auto &[start, value] : prepare_.points_forts) {
          const auto said = texts(&fact.dire.valeur);
          if (!fact.cle.starts_with(start) || std::find(said.begin(), said.end(), value) == said.end())
            continue;
          // "v1/besoin/12/5" stands in the crosswalk as "v1/besoin/*/5": a need is said of one job sought.
          std::string code = fact.cle;
          if (const std::size_t last = code.rfind('/'); last > start.size())
            code = start + "*" + code.substr(last);
          const auto label = prepare_.libelles.find(code);
          into_.potentiel.push_back({fact.cle, label == prepare_.libelles.end() ? code : label->second, "point fort",
                                     fact.dire.source, fact.dire.evenement, fact.dire.effet.debut});
        }
  }

  void tension() {
    auto &read = into_.metiers_en_tension;
    read.conclusion = text_at(grid_, "tension.conclusion");
    read.metiers = texts(membre(grid_, "tension.metiers"));
    read.immersion = flag_at(grid_, "tension.immersion").value_or(false);
  }

  ActionSuivie followed(const Chose &one) const {
    ActionSuivie action;
    action.id = one.cle;
    action.libelle = one.text("libelle");
    if (action.libelle.empty())
      action.libelle = prepare_.libelle(one.text("code"));
    action.frein = one.text("theme");
    action.etape = one.text("etape");
    action.motif = action.etape == "refusee" ? one.text("motif_refus") : one.text("motif_fin");
    action.responsable = one.text("responsable");
    action.structure = one.text("structure");
    action.echeance = one.date("echeance");
    if (!action.echeance)
      action.echeance = one.date("date_prevue");
    if (const auto steps = one.champs.find("etapes"); steps != one.champs.end())
      for (const Value &step : list_of(&steps->second->dire.valeur)) {
        PasAction done{text_of(step, "etape"), text_of(step, "source"), {}};
        if (const Value *on = membre(step, "date"); on != nullptr && on->is(Kind::date))
          done.le = on->date();
        action.etapes.push_back(std::move(done));
      }
    return action;
  }

  // Neither what she refused nor what is under way is proposed again (S:800-805).
  bool already(const std::string &frein, const std::string &code) const {
    return std::any_of(actions_.begin(), actions_.end(), [&](const Chose &one) {
      const std::string step = one.text("etape"), own = one.text("code");
      if (one.text("theme") != frein || !(step == "proposee" || step == "refusee" || is_live(step)))
        return false;
      return own == code || !prepare_.familles.contains(own);
    });
  }
  void actions() {
    for (const Value &one : list_of(membre(grid_, "actions")))
      if (const std::string frein = text_of(one, "frein"), code = text_of(one, "code"); !already(frein, code))
        into_.actions_prioritaires.a_proposer.push_back(
            {frein, text_of(one, "gravite"), code, text_of(one, "libelle")});
    for (const Chose &one : actions_)
      if (is_live(one.text("etape")))
        into_.actions_prioritaires.choisies.push_back(followed(one));
  }

  void resources() {
    auto &read = into_.ressources;
    for (const Chose &one : things(lu_.situation, "ressource"))
      if (one.text("reponse") == "oui")
        read.personne.push_back({one.cle, prepare_.libelle(one.cle), true});
    for (const std::string &code : texts(membre(grid_, "ressources")))
      if (std::none_of(read.personne.begin(), read.personne.end(), [&](const auto &one) { return one.code == code; }))
        read.personne.push_back({code, prepare_.libelle(code), false});
    for (const FreinLu &frein : into_.freins)
      if (frein.present.value_or(false) && !frein.thematiques.empty())
        read.mobilisables.push_back({frein.code, frein.thematiques});
  }

  void choices() {
    for (const Chose &one : things(lu_.situation, "objectif"))
      into_.choix.objectifs.push_back(
          {one.cle, one.text("libelle"), one.text("frein"), one.text("etat"), one.depuis()});
    for (const Chose &one : actions_) {
      const std::string step = one.text("etape");
      if (step == "proposee")
        into_.choix.proposees.push_back(followed(one));
      else if (step == "refusee" || step == "abandonnee")
        into_.choix.refusees.push_back(followed(one));
    }
  }

  void rights() {
    auto &read = into_.droits;
    read.priorite = text_at(grid_, "droits.priorite");
    read.moment = text_at(grid_, "droits.moment");
    read.risque = text_at(grid_, "non_recours.risque");
    read.signes = signs(membre(grid_, "non_recours.signes"));
    read.aller_vers = texts(membre(grid_, "non_recours.aller_vers"));
  }

  void equity() {
    auto &read = into_.equite;
    if (into_.pose) {
      read.trame = into_.pose->trame;
      read.structure = into_.pose->structure;
    }
    read.habilitation = lu_.habilitation;
    read.delai = delai_du_diagnostic(lu_.situation);
    read.mediane = lu_.mediane;
  }

  void to_clear() {
    for (const Value &one : list_of(membre(grid_, "contradictions")))
      into_.contradictions.push_back({text_of(one, "code"), text_of(one, "texte"), signs(membre(one, "questions"))});
  }

  const LecteurDiagnostic::Prepare &prepare_;
  const DossierLu &lu_;
  FaitsDiagnostic facts_;
  const Reponses &answers_;
  Value grid_;
  std::vector<Chose> actions_;
  DiagnosticPartage into_;
};

} // namespace

DiagnosticPartage LecteurDiagnostic::diagnostic(const DossierLu &lu) const { return Redaction(*prepare_, lu).run(); }

FeuilleDeRoute LecteurDiagnostic::feuille_de_route(const DossierLu &lu) const {
  return Redaction(*prepare_, lu).feuille();
}

} // namespace spie::parcours
