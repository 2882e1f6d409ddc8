// Views of a dossier for an actor: what his role may see for his purpose, and what was held back and why. Everything
// passes the same mask, and each call writes one entry in the journal of accesses, refused ones too (docs/droits.md).
// What is masked cannot be known from what is shown: neither its value nor that it is there. No fact has an order
// number, and what was known is asked for on a day or at an instant.
#pragma once

#include "spie/dossier/faits.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/droits/acces.hpp"
#include "spie/droits/droits.hpp"
#include "spie/pack/pack.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::droits {

struct Acteur {
  std::string id;        // "professionnel:…", "personne:…" for the person herself
  std::string structure; // "structure:…"; empty for none
  std::vector<std::string> roles;
};

struct Demande {
  Acteur acteur;
  std::string finalite;
  dossier::Instant instant; // of asking: relations, consents and decisions are those of that instant, whatever date is
                            // asked about
  std::optional<std::string> role; // one of the actor's; by default the first, in the order of the table, that this
                                   // purpose knows and whose relation holds
};

enum class Motif : std::uint8_t {
  aucun,
  relation_absente, // no tie to this person at the instant of asking
  finalite,         // the table has no line for this role and this purpose
  matrice,          // the table says so
  consentement,     // … unless the person consents, and she has not
  sensible,
  texte_libre,
  hors_table,        // no family of the table holds the fact
  decision,          // a limitation, an objection or an erasure was decided
  decision_finalite, // … for this purpose
  decision_objets,   // … for some facts: these, or some of this family
  derive,            // made from facts that are held back
  origine_inconnue,  // a fact of a pack whose origin in the dossier was not told
  pseudonyme,        // the history of anything, beside a pseudonym
};
std::string_view text(Motif motif) noexcept;

// What was held back: a family of the table, a path that was asked for ("chemin"), or a fact of a pack. They are told
// from the role, the purpose, the consents and the decisions alone, whether the dossier holds such facts or not.
struct Retenue {
  std::string objet, titre; // "diagnostic", "Diagnostic, freins, ressources"
  Traitement traitement = Traitement::retenu;
  Motif motif = Motif::matrice;
  std::string texte; // in French
};

struct Vue {
  std::string role; // that played; empty when none could
  dossier::Situation situation;
  std::vector<Retenue> retenues;
};
// What may be computed from a dossier for an actor: the facts that he sees in clear, and those alone.
struct VueClaire {
  std::string role;
  dossier::Situation situation;             // as a view, without what is coarse
  dossier::Situation recente;               // the same where the newest says each thing, whatever the order of sources
  std::optional<dossier::Situation> repere; // … on the earlier day that `repere` names
  std::vector<bool> clairs;                 // of each path asked about: shown in clear, whatever the dossier holds
  std::vector<Retenue> retenues;
};
struct VueHistorique {
  std::string role;
  std::vector<dossier::Parole> paroles;
  std::vector<Retenue> retenues;
};
struct VueDifferences {
  std::string role;
  std::vector<dossier::Difference> differences;
  std::vector<Retenue> retenues;
};
struct Doublon {
  dossier::Sujet dossier;
  std::vector<std::string> raisons;
};
// A person in a list: what the actor sees in clear of her names, her birth and those who follow her now.
struct Referent {
  std::string role, professionnel, structure;
};
struct Inscrit {
  dossier::Sujet dossier;
  std::string nom, prenom;
  std::optional<feel::Date> naissance;
  std::vector<Referent> referents;
};
struct Liste {
  std::size_t page = 1, pages = 0; // pages of `par_page`
  std::size_t total = 0;           // of those that the actor may see: no other is counted
  std::vector<Inscrit> dossiers;
};
constexpr std::size_t par_page = 50;
// Two dossiers that may be of one person. `garde` is the one recorded first.
struct Paire {
  Inscrit garde, absorbe;
  std::vector<std::string> raisons;
};
struct VueResultat {
  std::string role;
  PackResult resultat;
  bool voile = false; // it stands on facts held back: its status, "indetermine", says nothing, and is null in JSON
  std::vector<Retenue> retenues;
};
using dossier::Origine;

// What an act is done to: a dossier, or an event that is to be recorded or corrected.
struct Cible {
  dossier::Sujet sujet;                    // that holds it
  std::string type;                        // of the event; empty for the dossier itself
  std::string corrige = {};                // the event that this one corrects or retracts; empty for none
  std::vector<dossier::Sujet> autres = {}; // that the event names beside: the persons among them count as the first
  std::string auteur = {}; // of an event that is to be recorded; himself, of a type that he sees by groups
  std::string etape = {};  // of the event; empty when it has none, or is not said
};
Cible cible_of(const dossier::Evenement &evenement);
// [{"sujets": ["personne:…"], "type", "corrige", "contenu": {"etape"}}], the last three at will: events are such a
// list. Throws Error E001,
// with its place, when it has not that form.
std::vector<Cible> read_cibles(const feel::Value &value);

class Masque;

// The counter: where an actor asks. It holds what it is given, which must outlive it. Throws Error R001 when nobody
// asks, for no known purpose, or in a role that is not his.
class Guichet {
public:
  Guichet(dossier::Journal &journal, JournalAcces &acces, const Droits &droits, const dossier::Regles &regles)
      : journal_(journal), acces_(acces), droits_(droits), regles_(regles) {}

  // What it was given: whoever asks for more of them than the counter shows answers for the rights himself.
  dossier::Journal &journal() const noexcept { return journal_; }
  const Droits &droits() const noexcept { return droits_; }
  const dossier::Regles &regles() const noexcept { return regles_; }

  Vue voir(const Demande &demande, const dossier::Sujet &personne, feel::Date au,
           const dossier::Connaissance &connu = {});
  // As voir(), noted as `operation`, for what is computed from facts in clear.
  VueClaire voir_clair(const Demande &demande, const dossier::Sujet &personne, feel::Date au,
                       const dossier::Connaissance &connu, std::string_view operation,
                       const std::vector<std::string> &chemins = {},
                       const std::function<std::optional<feel::Date>(const dossier::Situation &)> &repere = {});
  // Facts that are not shown in clear have no history: their changes would tell them.
  VueHistorique historique(const Demande &demande, const dossier::Sujet &personne, std::string_view chemin,
                           const dossier::Connaissance &connu = {});
  VueDifferences comparer(const Demande &demande, const dossier::Sujet &personne, feel::Date avant, feel::Date apres,
                          const dossier::Connaissance &connu_avant = {}, const dossier::Connaissance &connu_apres = {});
  // By the beginning of a surname: the persons whose names the actor sees in clear, and no trace of any other. Looking
  // for them reads as much whether somebody whom he does not see bears the name or not. R002 when the table shows no
  // name to this role for this purpose.
  std::vector<Vue> rechercher(const Demande &demande, std::string_view nom, feel::Date au, std::size_t limite = 50);
  // Dossiers that may be of the same person: both names must be seen in clear. R002 as for a search.
  std::vector<Doublon> doublons(const Demande &demande, const dossier::Sujet &personne);
  // Of all dossiers, the pairs that were proposed and are two still: both names must be seen in clear.
  std::vector<Paire> doublons(const Demande &demande);
  // Those whose names the actor sees in clear, in the order of their names; those alone that professionals of a
  // structure follow, as far as he sees it, when it is named. Pages count from 1.
  Liste lister(const Demande &demande, const std::optional<dossier::Sujet> &structure = {}, std::size_t page = 1);
  // Of these persons, those whose names he sees in clear.
  std::vector<Inscrit> nommer(const Demande &demande, const std::vector<dossier::Sujet> &personnes);
  // What a pack decided from facts of the dossier: facts, tables, texts and values that stand on facts held back go
  // with them; and then the status, the missing facts and the errors of the result (`voile`).
  VueResultat expliquer(const Demande &demande, const dossier::Sujet &personne, const Pack &pack, PackResult resultat,
                        const std::vector<Origine> &origines);
  // The pack decides on her dossier, by its own map of facts; `donnes` are the caller's, before those of the dossier.
  // As far as is known when it is asked. Throws what dossier::decider throws.
  VueResultat expliquer(const Demande &demande, const dossier::Sujet &personne, const Pack &pack,
                        std::string_view decision, feel::Date au, const feel::Context &donnes = {});
  // The right of access (RGPD, article 15): all that is held on the person, with its sources, what was said before, and
  // who asked to see it; without the facts of other members of the household. What is given is what she may see,
  // whoever asks for her. R002 unless the table allows the act "acces".
  feel::Value acces(const Demande &demande, const dossier::Sujet &personne, feel::Date au);
  // Who asked to see her dossier, and those merged into it; without a person, all entries, which no tie allows. R002
  // unless the table allows the act "consultations".
  std::vector<Acces> consultations(const Demande &demande, const std::optional<dossier::Sujet> &personne);
  // Every dossier that a role of the actor holds for this purpose, as he may see it on that day, in the order of their
  // ids; absorbed ones are not told apart. `visite` says whether something of it is shown: those dossiers stand in the
  // one entry of the call. `ecartes` counts those that a decision on the data holds back whole.
  struct Passage {
    std::string role;
    dossier::Situation situation;
  };
  struct Tournee {
    std::size_t vus = 0, ecartes = 0;
  };
  // With `types`, facts of those alone are shown.
  Tournee parcourir(const Demande &demande, std::string_view operation, feel::Date au,
                    const dossier::Connaissance &connu, const std::function<bool(const Passage &)> &visite,
                    const dossier::Types *types = nullptr);
  // Of these persons, each that a role of the actor holds for this purpose, by what judges her dossier. `visite` says
  // whether something of it is shown: those dossiers stand in the one entry of the call.
  void examiner(const Demande &demande, std::string_view operation, const std::vector<dossier::Sujet> &personnes,
                const std::function<bool(const Masque &)> &visite);
  // Whether the table (its "habilitations") allows an act on all of these, in one role; gives the role. The act itself
  // is the caller's, after this: `corriger`, `fusionner` and their like check nothing. To touch an event of a type that
  // has an act of its own, at this step, asks for that act too, and to correct one for "corriger". A role that needs a
  // tie has one to every person that an event names. Without a target, roles that need no tie alone. R002 when it does
  // not; E005 when a person is not there and the roles need a tie.
  std::string autoriser(const Demande &demande, std::string_view acte, const std::vector<Cible> &cibles);
  // Declassifies one free text, which he has read: that of this event of hers, in this field. Records and gives the
  // event `declassement`, to be retracted as any other; a correction of the text is another event, and sensitive. R002
  // unless the table allows the act "declasser" and he sees the text in clear; E003 when the event was corrected; E005
  // when her dossier has no such event, or no free text in that field.
  std::string declasser(const Demande &demande, const dossier::Sujet &personne, std::string_view evenement,
                        std::string_view champ, std::string_view motif = {});

private:
  void noter(const Demande &demande, const std::string &role, std::string operation,
             std::vector<dossier::Sujet> dossiers);
  void noter_refus(const Demande &demande, std::string_view operation, const std::vector<dossier::Sujet> &dossiers,
                   const Diagnostic &refus);
  // What is refused leaves a trace too.
  template <class Work>
  auto traced(const Demande &asked, std::string_view operation, const std::vector<dossier::Sujet> &about, Work &&work) {
    try {
      return work();
    } catch (const Error &refused) {
      noter_refus(asked, operation, about, refused.first());
      throw;
    }
  }
  VueResultat veiled(const Masque &mask, const Pack &pack, PackResult result,
                     const std::vector<Origine> &origines) const;
  bool shows_names(const Role &role, const Demande &demande) const;
  void check_names(const Demande &demande) const;
  std::vector<dossier::Sujet> candidates(const Demande &demande, const std::string &nom);
  std::optional<Inscrit> inscrit(const Demande &demande, const dossier::Sujet &personne, std::string &role);
  std::string permit(const Demande &demande, std::string_view acte, const std::vector<Cible> &cibles);
  std::vector<dossier::Sujet> touched(const std::vector<Cible> &cibles);
  bool signs(const Role &role, const Demande &demande, const std::vector<Cible> &cibles);
  bool may(const Role &role, const Demande &demande, std::string_view acte, const Cible &cible);

  dossier::Journal &journal_;
  JournalAcces &acces_;
  const Droits &droits_;
  const dossier::Regles &regles_;
};

feel::Value to_value(const std::vector<Acces> &entries);
feel::Value to_value(const Retenue &retenue);
feel::Value to_value(const std::vector<Retenue> &retenues);
feel::Value to_value(const Vue &vue); // {"role", "situation", "retenues"}
feel::Value to_value(const VueHistorique &vue);
feel::Value to_value(const VueDifferences &vue);
feel::Value to_value(const std::vector<Doublon> &doublons);
feel::Value to_value(const Inscrit &inscrit); // {"dossier", "nom", "prenom", "date_naissance", "referents"}
feel::Value to_value(const std::vector<Inscrit> &inscrits);
feel::Value to_value(const Liste &liste);               // {"page", "pages", "total", "dossiers"}
feel::Value to_value(const std::vector<Paire> &paires); // [{"garde", "absorbe", "raisons"}]
feel::Value to_value(const VueResultat &vue);

} // namespace spie::droits
