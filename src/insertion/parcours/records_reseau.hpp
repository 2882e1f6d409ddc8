// The records of the network as tables: their JSON, their classes in Python (spie.reseau) and their schemas
// (docs/schemas/resultats/reseau.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/parcours/relais_tous.hpp"
#include "spie/parcours/rendez_vous.hpp"
#include "spie/parcours/reseau.hpp"
#include "spie/parcours/satisfaction.hpp"
#include "spie/parcours/sollicitations.hpp"

namespace spie::record {

template <> struct Table<parcours::RefusActe> {
  using Record = parcours::RefusActe;
  static constexpr Title title{"RefusActe", "reseau", "Why an act was refused."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"message", &Record::message, "For a program, in English."},
      Field{"place", &Record::place, "In the demand.", or_null},
      Field{"phrase", &Record::phrase, "In French."},
      Field{"remede", &Record::remede, "What to do, in French.", or_null},
  };
};

template <> struct Table<parcours::RelaisDossier> {
  using Record = parcours::RelaisDossier;
  static constexpr Title title{"RelaisDossier", "reseau", "What came of a relay in one dossier: all of it or nothing."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"actes", &Record::actes, "One for each role that he leads in; none when it was refused."},
      Field{"refus", &Record::refus, "None when it was done."},
      Field{"avertissements", &Record::avertissements, "In French."},
  };
};

template <> struct Table<parcours::RelaisTous> {
  using Record = parcours::RelaisTous;
  static constexpr Title title{"RelaisTous", "reseau", "A relay for all those whom a professional leads."};
  static constexpr std::tuple fields{
      Field{"acte", &Record::acte},
      Field{"de", &Record::de, "Whom others take over from."},
      Field{"faits", &Record::faits, "How many dossiers."},
      Field{"refuses", &Record::refuses, "How many dossiers."},
      Field{"dossiers", &Record::dossiers, "Those alone that the actor sees, or named."},
  };
};

template <> struct Table<parcours::LieuPropose> {
  using Record = parcours::LieuPropose;
  static constexpr Title title{"LieuPropose", "reseau", "Where somebody might be received."};
  static constexpr std::tuple fields{
      Field{"structure", &Record::structure},
      Field{"nom", &Record::nom, "", or_null},
      Field{"code_commune", &Record::code_commune, "", or_null},
      Field{"proximite", &Record::proximite,
            "\"meme_commune\", \"meme_epci\", \"a_portee\", \"trop_loin\", or \"inconnu\"."},
      Field{"minutes", &Record::minutes, "By the table that was given."},
  };
};

template <> struct Table<parcours::SignalementRendezVous> {
  using Record = parcours::SignalementRendezVous;
  static constexpr Title title{"SignalementRendezVous", "reseau",
                               "What is wrong with an appointment, or with several."};
  static constexpr std::tuple fields{
      Field{"rendez_vous", &Record::rendez_vous, "None for what is said of the whole.", or_null},
      Field{"code", &Record::code, "\"trop_loin\", \"trop_tard\" or \"absences_de_suite\"."},
      Field{"etat", &Record::etat, "\"oui\", or \"inconnu\" when a fact is missing."},
      Field{"texte", &Record::texte, "In French."},
  };
};

template <> struct Table<parcours::RendezVousProposes> {
  using Record = parcours::RendezVousProposes;
  static constexpr Title title{"RendezVousProposes", "reseau", "By when the next appointment is due, and where."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"role", &Record::role, "That played; none when none could.", or_null},
      Field{"au", &Record::au},
      Field{"motif", &Record::motif,
            "Of the delay: \"premier\", \"apres_absence\", \"passation\" or \"suivi\"; none when it is not known.",
            or_null},
      Field{"au_plus_tard", &Record::au_plus_tard, "None when it is not known."},
      Field{"absences_de_suite", &Record::absences_de_suite, "That the actor sees."},
      Field{"lieux", &Record::lieux, "The nearest first."},
      Field{"signalements", &Record::signalements},
  };
};

template <> struct Table<parcours::HabilitationTenue> {
  using Record = parcours::HabilitationTenue;
  static constexpr Title title{"HabilitationTenue", "reseau", "What a professional was allowed, and until when."};
  static constexpr std::tuple fields{
      Field{"objet", &Record::objet},
      Field{"etape", &Record::etape},
      Field{"depuis", &Record::depuis},
      Field{"fin", &Record::fin},
      Field{"en_vigueur", &Record::en_vigueur, "Given, and not over."},
  };
};

template <> struct Table<parcours::FormationPro> {
  using Record = parcours::FormationPro;
  static constexpr Title title{"FormationPro", "reseau", "A training of a professional."};
  static constexpr std::tuple fields{
      Field{"formation", &Record::formation},
      Field{"module", &Record::module, "", or_null},
      Field{"etape", &Record::etape},
      Field{"le", &Record::le, "The day of that step."},
      Field{"heures", &Record::heures, "None when they are not said.", or_null},
  };
};

template <> struct Table<parcours::ConditionLabel> {
  using Record = parcours::ConditionLabel;
  static constexpr Title title{"ConditionLabel", "reseau", "What a label asks for."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code, "In donnees/reseau.json of the pack."},
      Field{"libelle", &Record::libelle, "In French."},
      Field{"etat", &Record::etat, "\"rempli\", \"non_rempli\" or \"inconnu\"."},
      Field{"source", &Record::source, "Where the condition comes from."},
  };
};

template <> struct Table<parcours::LabelTenu> {
  using Record = parcours::LabelTenu;
  static constexpr Title title{"LabelTenu", "reseau", "Where the label of a structure stands."};
  static constexpr std::tuple fields{
      Field{"etape", &Record::etape},
      Field{"depuis", &Record::depuis},
      Field{"fin", &Record::fin},
      Field{"en_vigueur", &Record::en_vigueur, "Granted, and not over."},
      Field{"criteres", &Record::criteres, "That it fulfils, codes of the pack."},
      Field{"suivi_plus_six_mois", &Record::suivi_plus_six_mois, "As it was answered.", or_null},
      Field{"conditions", &Record::conditions},
  };
};

template <> struct Table<parcours::FicheReseau> {
  using Record = parcours::FicheReseau;
  static constexpr Title title{"FicheReseau", "reseau", "What a structure or a professional is on a day."};
  static constexpr std::tuple fields{
      Field{"sujet", &Record::sujet},
      Field{"nom", &Record::nom, "", or_null},
      Field{"au", &Record::au},
      Field{"code_commune", &Record::code_commune, "Of a structure.", or_null},
      Field{"cercle", &Record::cercle, "Of a structure: its ring in the consortium.", or_null},
      Field{"cercle_depuis", &Record::cercle_depuis},
      Field{"label", &Record::label, "Of a structure."},
      Field{"professionnels", &Record::professionnels, "Of a structure: those who are not gone."},
      Field{"structure", &Record::structure, "Of a professional.", or_null},
      Field{"fonction", &Record::fonction, "Of a professional.", or_null},
      Field{"habilitations", &Record::habilitations},
      Field{"formations", &Record::formations},
      Field{"depart", &Record::depart, "The day on which he left, or it closed; it may come."},
      Field{"depart_motif", &Record::depart_motif, "", or_null},
  };
};

template <> struct Table<parcours::ComptesReseau> {
  using Record = parcours::ComptesReseau;
  static constexpr Title title{"ComptesReseau", "reseau", "The network over a period, both days included."};
  static constexpr std::tuple fields{
      Field{"du", &Record::du},
      Field{"au", &Record::au},
      Field{"structures", &Record::structures, "Known, and not gone at the end."},
      Field{"professionnels", &Record::professionnels, "Known, and not gone at the end."},
      Field{"professionnels_formes", &Record::professionnels_formes, "Who followed a training then, each once."},
      Field{"formations_suivies", &Record::formations_suivies, "Then."},
      Field{"heures", &Record::heures, "Of these trainings, where they are said."},
      Field{"habilitations", &Record::habilitations, "In force at the end."},
      Field{"labels", &Record::labels, "In force at the end."},
      Field{"labels_accordes", &Record::labels_accordes, "Then."},
      Field{"departs", &Record::departs, "Of professionals and structures, then."},
      Field{"cercles", &Record::cercles, "Structures by ring, at the end."},
      Field{"modules", &Record::modules, "Trainings followed then, by module."},
      Field{"formes_par_structure", &Record::formes_par_structure, "Professionals trained then, by structure."},
  };
};

template <> struct Table<parcours::SuiviLabel> {
  using Record = parcours::SuiviLabel;
  static constexpr Title title{"SuiviLabel", "reseau",
                               "How long a labelled structure followed somebody who went back to work."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"emploi", &Record::emploi, "The first day of work."},
      Field{"doit_depasser", &Record::doit_depasser, "The suivi is to close after that day."},
      Field{"cloture", &Record::cloture, "None while it is open."},
      Field{"manquement", &Record::manquement, "It closed on or before that day, and the job was not lost."},
  };
};

template <> struct Table<parcours::SollicitationVue> {
  using Record = parcours::SollicitationVue;
  static constexpr Title title{"SollicitationVue", "reseau", "What a professional asked of another about somebody."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"sollicitation", &Record::sollicitation,
            "Its id, to answer it; its rank for who does not see the whole of it."},
      Field{"sens", &Record::sens, "\"recue\" or \"envoyee\"."},
      Field{"etape", &Record::etape},
      Field{"de", &Record::de},
      Field{"a", &Record::a},
      Field{"objet", &Record::objet, "", or_null},
      Field{"texte", &Record::texte, "None when it is not said, or not shown.", or_null},
      Field{"demandee_le", &Record::demandee_le},
      Field{"depuis", &Record::depuis, "The day of its last step."},
      Field{"attendue_le", &Record::attendue_le, "The last day for an answer, by the pack."},
      Field{"en_retard", &Record::en_retard, "Asked, not answered, and that day is over."},
  };
};

template <> struct Table<parcours::ValeurSatisfaction> {
  using Record = parcours::ValeurSatisfaction;
  static constexpr Title title{"ValeurSatisfaction", "reseau", "What a question of satisfaction may be answered."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"libelle", &Record::libelle, "In French."},
      Field{"note", &Record::note, "What it counts for in a mean."},
  };
};

template <> struct Table<parcours::QuestionSatisfaction> {
  using Record = parcours::QuestionSatisfaction;
  static constexpr Title title{"QuestionSatisfaction", "reseau", "A question of the questionnaire of satisfaction."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"texte", &Record::texte, "In French."},
      Field{"publics", &Record::publics, "\"personne\", \"referent\"."},
      Field{"valeurs", &Record::valeurs},
  };
};

template <> struct Table<parcours::QuestionnaireSatisfaction> {
  using Record = parcours::QuestionnaireSatisfaction;
  static constexpr Title title{"QuestionnaireSatisfaction", "reseau", "The questionnaire of satisfaction of a pack."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id, "With its version."},
      Field{"titre", &Record::titre, "In French."},
      Field{"source", &Record::source},
      Field{"questions", &Record::questions},
  };
};

template <> struct Table<parcours::MoyenneSatisfaction> {
  using Record = parcours::MoyenneSatisfaction;
  static constexpr Title title{"MoyenneSatisfaction", "reseau", "What a question was answered, taken together."};
  static constexpr std::tuple fields{
      Field{"question", &Record::question},
      Field{"texte", &Record::texte, "In French."},
      Field{"effectif", &Record::effectif, "Who answered it."},
      Field{"moyenne", &Record::moyenne, "Of the notes of the pack, to one decimal."},
  };
};

template <> struct Table<parcours::CaseSatisfaction> {
  using Record = parcours::CaseSatisfaction;
  static constexpr Title title{"CaseSatisfaction", "reseau", "The answers of a public on a structure in a quarter."};
  static constexpr std::tuple fields{
      Field{"structure", &Record::structure, "None for all of them.", or_null},
      Field{"trimestre", &Record::trimestre, "\"2022-T2\"; none for all of them.", or_null},
      Field{"public", &Record::public_, "\"personne\" or \"referent\"."},
      Field{"effectif", &Record::effectif, "Who answered."},
      Field{"moyennes", &Record::moyennes},
  };
};

template <> struct Table<parcours::Satisfaction> {
  using Record = parcours::Satisfaction;
  static constexpr Title title{"Satisfaction", "reseau", "What may be told of the answers."};
  static constexpr std::tuple fields{
      Field{"au", &Record::au},
      Field{"cases", &Record::cases, "Of quarters that are over, and large enough."},
      Field{"ensemble", &Record::ensemble, "By public, of these cells alone."},
  };
};

} // namespace spie::record
