// The shared diagnostic (S:766-917): what the reading grid of the pack makes of the answers of a dossier on a day. It
// is computed, and never stored: the grid proposes, people retain (docs/diagnostic.md).
#pragma once

#include "spie/dossier/situation.hpp"
#include "spie/feel/value.hpp"
#include "spie/pack/pack.hpp"
#include "spie/parcours/questions.hpp"
#include "spie/parcours/trame.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace spie::parcours {

// An answer that says something, with where it comes from.
struct Signe {
  std::string question, texte, reponse, source, evenement;
  std::optional<feel::Date> le;
};

struct FreinLu {
  std::string code, libelle, classe; // "social", "professionnel"
  std::optional<bool> present;       // nullopt: unknown, never "no"
  std::string gravite;               // fort, moyen, faible, aucune; empty when it is not known
  std::vector<Signe> signes;
  bool contredit = false; // she says that it is no obstacle, and other answers say one
  std::string retenu;     // what the dossier holds as retained: an answer; empty when nobody retained anything
  std::string source;     // … from this source
  std::vector<std::string> thematiques; // of data·inclusion, under which an offer is found
};

struct BesoinsLus {
  std::vector<std::string> sociaux, professionnels; // freins that are there, the gravest first
  std::vector<std::string> inconnus;                // freins of which nothing is known
};

struct TensionLue {
  std::string conclusion;           // a_proposer, plus_tard, non, inconnu; empty when facts are missing
  std::vector<std::string> metiers; // of those she seeks, in the list of the pack
  bool immersion = false;           // a PMSMP may come first
};

// What the grid proposes for a frein: she chooses.
struct ActionProposee {
  std::string frein, gravite, code, libelle;
};

struct PasAction {
  std::string etape, source;
  std::optional<feel::Date> le;
};
// An action of the dossier.
struct ActionSuivie {
  std::string id, libelle, frein, etape, motif; // motif: of a refusal, or of the end
  std::string responsable, structure;
  std::optional<feel::Date> echeance;
  std::vector<PasAction> etapes;
};
struct ObjectifSuivi {
  std::string id, libelle, frein, etat;
  std::optional<feel::Date> le;
};

struct ActionsPrioritaires {
  std::vector<ActionProposee> a_proposer; // the gravest first; neither refused nor under way
  std::vector<ActionSuivie> choisies;     // by her: chosen, prescribed, begun
};
struct RessourceLue {
  std::string code, libelle;
  bool retenue = false; // a fact of the dossier, not the grid's
};
struct OffreMobilisable {
  std::string frein;
  std::vector<std::string> thematiques; // of data·inclusion
};
struct RessourcesLues {
  std::vector<RessourceLue> personne;
  std::vector<OffreMobilisable> mobilisables;
};
struct ChoixLus {
  std::vector<ObjectifSuivi> objectifs;
  std::vector<ActionSuivie> proposees, refusees;
};
struct DroitsLus {
  std::string priorite, moment; // of the rights appointment: never a refusal; empty when facts are missing
  std::string risque;           // of not claiming: fort, a_verifier, aucun; empty when unknown
  std::vector<Signe> signes;
  std::vector<std::string> aller_vers;
};
struct EquiteLue {
  std::string trame, structure;        // of the last diagnostic
  std::string habilitation;            // "habilite", "sans_habilitation"; empty when it is not known
  std::optional<std::int64_t> delai;   // days from the first trace of the person to the first diagnostic
  std::optional<std::int64_t> mediane; // of the département (equite.hpp); nullopt when it was not given, or is hidden
};
struct Contradiction {
  std::string code, texte;
  std::vector<Signe> reponses;
};
struct Complement {
  std::string code, motif;
};
struct DiagnosticPose {
  std::string id, etape, structure, trame, accord, accord_recueilli;
  std::optional<bool> complet;
  std::optional<feel::Date> le;
};

struct DiagnosticPartage {
  std::string dossier;
  feel::Date au;
  std::string trame, pack_id, pack_version;
  std::optional<DiagnosticPose> pose; // the last one; nullopt when nobody posed any
  std::optional<bool> perime;         // nullopt without one
  std::vector<FreinLu> freins;
  feel::Value entree; // the decision of the pack; null when it has none
  // The eight outputs (S:766-798).
  BesoinsLus besoins_sociaux_et_professionnels;
  std::vector<Signe> potentiel; // for the passport; no skill is computed here
  TensionLue metiers_en_tension;
  ActionsPrioritaires actions_prioritaires;
  RessourcesLues ressources;
  ChoixLus choix;
  DroitsLus droits;
  EquiteLue equite;
  std::vector<Contradiction> contradictions;
  std::vector<Complement> complements;
  std::vector<std::string> manquants; // the facts that would determine more
};

// The road map (S:843-845): what she chose, who does what by when, what was done since.
struct FeuilleDeRoute {
  std::string dossier;
  feel::Date au;
  std::optional<DiagnosticPose> diagnostic;
  std::vector<ObjectifSuivi> objectifs;
  std::vector<ActionSuivie> a_faire, faites, proposees, refusees;
  std::vector<std::string> besoins; // labels of the freins that are there
  std::vector<RessourceLue> ressources;
};

// A person's dossier as the diagnostic reads it.
struct DossierLu {
  dossier::Situation situation;             // by the order of sources of the pack
  dossier::Situation recente;               // where the newest says each thing, whatever its source
  std::optional<dossier::Situation> repere; // the first, on the day of the last diagnostic
  std::string habilitation;                 // of who posed it: habilite, sans_habilitation; empty when not known
  std::optional<std::int64_t> mediane = {}; // of the département, when the caller has it (equite.hpp)
};
DossierLu lire_dossier(dossier::Journal &journal, const dossier::Sujet &personne, feel::Date au,
                       const dossier::Connaissance &connu, const dossier::Regles &regles);
// The day of the last diagnostic that the situation holds.
std::optional<feel::Date> jour_du_diagnostic(const dossier::Situation &situation);

// The questionnaire and the grid of a pack made ready for many dossiers. Immutable, shared between threads.
class LecteurDiagnostic {
public:
  // Throws what read_trame throws; P011 when the pack has no decision of role "grille".
  explicit LecteurDiagnostic(std::shared_ptr<const Pack> pack);
  LecteurDiagnostic(LecteurDiagnostic &&) noexcept;
  ~LecteurDiagnostic();

  const Trame &trame() const noexcept;
  // The paths of the dossier whose facts answer, one after the other: what a mask is asked about.
  const std::vector<std::string> &chemins() const noexcept;
  // `clairs` says of each of those paths whether it is shown in clear; empty: all of them.
  Questions questions(const DossierLu &lu, const std::vector<bool> &clairs = {}) const;
  DiagnosticPartage diagnostic(const DossierLu &lu) const;
  FeuilleDeRoute feuille_de_route(const DossierLu &lu) const;

  struct Prepare; // lecteur.hpp

private:
  std::unique_ptr<const Prepare> prepare_;
};

feel::Value to_value(const Questions &questions);
feel::Value to_value(const DiagnosticPartage &diagnostic);
feel::Value to_value(const FeuilleDeRoute &feuille);

} // namespace spie::parcours
