// The network: what a structure or a professional is on a day, what is counted over a period, and how long a labelled
// structure followed those who went back to work (docs/reseau.md). What a label asks for is the pack's.
#pragma once

#include "spie/droits/vue.hpp"
#include "spie/pack/pack.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace spie::parcours {

struct HabilitationTenue {
  std::string objet, etape;
  std::optional<feel::Date> depuis, fin;
  bool en_vigueur = false; // given, and not over
};
struct FormationPro {
  std::string formation, module, etape;
  std::optional<feel::Date> le; // of that step
  std::int64_t heures = 0;
};
struct ConditionLabel {
  std::string code, libelle;
  std::string etat; // "rempli", "non_rempli", "inconnu"
  std::string source;
};
struct LabelTenu {
  std::string etape;
  std::optional<feel::Date> depuis, fin;
  bool en_vigueur = false; // granted, and not over
  std::vector<std::string> criteres;
  std::string suivi_plus_six_mois;        // as it was answered
  std::vector<ConditionLabel> conditions; // of the pack (donnees/reseau.json)
};
// Of a structure: its ring, its label, its professionals. Of a professional: his structure, function, habilitations and
// trainings.
struct FicheReseau {
  std::string sujet, nom;
  feel::Date au;
  std::string code_commune, cercle;
  std::optional<feel::Date> cercle_depuis;
  std::optional<LabelTenu> label;
  std::vector<std::string> professionnels;
  std::string structure, fonction;
  std::vector<HabilitationTenue> habilitations;
  std::vector<FormationPro> formations;
  std::optional<feel::Date> depart;
  std::string depart_motif;
};

// A structure is shown to whoever asks in a role of his: persons are to know which are labelled (S:890-893). A
// professional is shown to himself and to who may "consulter_reseau". Throws Error R001, R002; E005 for a subject that
// is not there; Q001 for one that is neither.
FicheReseau fiche_reseau(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                         const droits::Demande &demande, const dossier::Sujet &sujet, feel::Date au);

// Over a period, both days included (S:1097). Of professionals and structures, nobody else.
struct ComptesReseau {
  feel::Date du, au;
  std::int64_t structures = 0, professionnels = 0; // known, and not gone at the end
  std::int64_t professionnels_formes = 0;          // who followed a training then, each once
  std::int64_t formations_suivies = 0, heures = 0;
  std::int64_t habilitations = 0;                // in force at the end
  std::int64_t labels = 0;                       // in force at the end
  std::int64_t labels_accordes = 0, departs = 0; // then
  std::map<std::string, std::int64_t> cercles;   // structures by ring, at the end
  std::map<std::string, std::int64_t> modules;   // trainings followed then, by module
  std::map<std::string, std::int64_t> formes_par_structure;
};
// R002 unless the pack allows "consulter_reseau"; Q001 when the period ends before it begins.
ComptesReseau compter_reseau(dossier::Journal &journal, droits::Guichet &guichet, const droits::Demande &demande,
                             feel::Date du, feel::Date au);

// One whom a labelled structure followed when she went back to work: its suivi is to close after the same day of the
// sixth month (S:1955-1957).
struct SuiviLabel {
  std::string personne;
  feel::Date emploi;                 // the first day of work
  feel::Date doit_depasser;          // the suivi is to close after that day
  std::optional<feel::Date> cloture; // of the naming; none while it is open
  bool manquement = false;           // it closed on or before that day, and she had not lost the job
};
// Of the dossiers whose job and référents the actor's role sees in clear by the table, whatever they hold; of no other,
// and no count of them. Noted as "suivi_label". Throws Error P011 without the rule (role "suivi_label"), Q001 for what
// is no structure, E005 for one that is not there, and what Guichet::parcourir throws.
std::vector<SuiviLabel> suivis_label(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                                     const dossier::Sujet &structure, feel::Date au);

feel::Value to_value(const FicheReseau &fiche);
feel::Value to_value(const ComptesReseau &comptes);
feel::Value to_value(const std::vector<SuiviLabel> &suivis);

} // namespace spie::parcours
