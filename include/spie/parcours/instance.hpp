// Instances: who sits where, what a session studies, whom to convene and why, what was decided, and what the convention
// counts of it (S:1412-1438, S:1714-1728). Views of the journal: nothing of them is stored (docs/parcours.md).
#pragma once

#include "spie/droits/vue.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

struct SiegeLu {
  std::string professionnel, structure;
  std::string qualite; // "animateur", "titulaire", "suppleant", "invite"
  std::optional<feel::Date> depuis;
};
struct SeanceLue {
  std::string session, etape; // its id, which is its day; "fixee", "convoquee", "tenue", "annulee"
  std::optional<feel::Date> date;
  std::string lieu;
};
struct InstanceLue {
  std::string instance, nom, genre, territoire, reglement;
  std::string label; // the last step of its label; empty when it never had one
  std::optional<bool> ad_hoc;
  std::optional<std::int64_t> quorum; // sitting members that it needs
  std::vector<SiegeLu> sieges;        // in force on that day
  std::vector<SeanceLue> seances;
};
// Every instance, in the order of their names: no fact of it is a person's.
std::vector<InstanceLue> recenser_instances(dossier::Journal &journal, feel::Date au,
                                            const dossier::Connaissance &connu = {});

struct QuorumLu {
  std::optional<std::int64_t> requis, presents; // nothing when it is not said, or nobody noted who came
  std::string etat;                             // "atteint", "non_atteint", "inconnu"
};
struct DecisionLue {
  std::string nature, motif, manque_offre, suite;
  std::string autorite, article; // of a reorientation
  std::optional<feel::Date> notifie_le, date;
};
struct CasInstance {
  std::string personne, nom, prenom; // the names that are seen in clear
  std::string saisine;               // its id, for who may see the whole of it or organises the instance
  std::string etape;
  bool inscrit = false; // to this session; else it waits for one of this instance
  std::optional<feel::Date> deposee_le;
  std::string motif, question; // the question is a free text: shown once it is declassified, or by right
  std::vector<std::string> referents, membres; // professionals: in force; named by the referral
  std::optional<DecisionLue> decision;
};
struct Convocation {
  std::string qui;
  std::string qualite;                // "membre", "referent", "personne"
  std::vector<std::string> raisons;   // in French
  std::vector<std::string> personnes; // whose cases concern him, of those that the actor sees
  std::string etat; // what is noted of him: "convie", "present", "excuse", "absent"; empty for nothing
};
struct Agenda {
  std::string instance, nom;
  SeanceLue seance;
  std::string role; // that played; empty when no case is seen
  QuorumLu quorum;
  std::vector<CasInstance> cas; // those of the session, then those that wait
  std::vector<Convocation> convocations;
};
// A session as the actor may see it: the cases that concern him, and nothing that would count, place or name another
// one. Without a session, the next one from the day of the demand on, else the last. Throws Error E005 for an instance
// or a session that is not there; R001 as any view. One entry of the journal of accesses, "agenda".
Agenda agenda(droits::Guichet &guichet, const droits::Demande &demande, const dossier::Sujet &instance,
              std::string_view session = {});

struct PresencesComptees {
  std::optional<std::int64_t> convies, presents; // nothing where a small case is not told
  std::optional<feel::Number> taux;              // of those convened, to three decimals
};
struct ManqueOffre {
  std::string code;
  std::optional<std::int64_t> effectif;
};
struct Participation {
  feel::Date du, au;
  std::vector<std::string> instances;
  std::int64_t seances = 0, seances_sans_presence = 0; // held; of which nobody noted who was convened
  PresencesComptees partenaires, personnes;
  std::optional<std::int64_t> situations_etudiees, reorientations;
  std::vector<ManqueOffre> manques; // of the offer, in the order of their codes
  bool petits_effectifs = false;    // some are not told
};
// What S:1714-1728 counts, of the sessions held and of the decisions taken from `du` to `au`, both included; of all
// instances without one. What the pack's role "case_gardee" does not keep is not told, nor what would reveal it;
// persons whose data a decision holds back for this purpose are not counted. R002 without the right
// "compter_instances"; Q001 for a period that ends before it begins.
Participation participation(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                            const std::optional<dossier::Sujet> &instance, feel::Date du, feel::Date au);

feel::Value to_value(const InstanceLue &instance);
feel::Value to_value(const std::vector<InstanceLue> &instances);
feel::Value to_value(const Agenda &agenda);
feel::Value to_value(const Participation &participation);

} // namespace spie::parcours
