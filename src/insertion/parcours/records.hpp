// The records of the path as tables: their JSON, their classes in Python (spie.parcours) and their schemas
// (docs/schemas/resultats/parcours.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/parcours/carnet.hpp"
#include "spie/parcours/diagnostic.hpp"
#include "spie/parcours/immersion.hpp"
#include "spie/parcours/parcours.hpp"
#include "spie/parcours/relais.hpp"

namespace spie::record {

template <> struct Table<parcours::MotifImmersion> {
  using Record = parcours::MotifImmersion;
  static constexpr Title title{"MotifImmersion", "parcours", "A rule of the law that the convention breaks."};
  static constexpr std::tuple fields{
      Field{"regle", &Record::regle,
            "\"duree\", \"renouvellement\", \"nombre\", \"objets\", \"total_jours\", \"objet\", \"prescripteur\" or "
            "\"usage\"."},
      Field{"article", &Record::article, "Its id in the pack."},
      Field{"texte", &Record::texte, "In French."},
  };
};

template <> struct Table<parcours::ExamenImmersion> {
  using Record = parcours::ExamenImmersion;
  static constexpr Title title{"ExamenImmersion", "parcours",
                               "What the law says of a planned immersion, beside those that were signed before."};
  static constexpr std::tuple fields{
      Field{"verdict",
            Computed{[](const Record &examen) { return std::string(text(examen.verdict)); },
                     [](Record &examen, const std::string &verdict) {
                       examen.verdict = parcours::read_verdict_immersion(verdict);
                     }},
            "\"conforme\", \"non_conforme\" or \"indetermine\"."},
      Field{"motifs", &Record::motifs, "They stand whatever is unknown; every rule is judged."},
      Field{"manquants", &Record::manquants, "What could change the verdict: \"precedentes[2].structure\"."},
      Field{"a_completer", &Record::a_completer, "What article D5135-2 asks and the draft lacks; never the verdict."},
  };
};

template <> struct Table<parcours::QuestionPosee> {
  using Record = parcours::QuestionPosee;
  static constexpr Title title{"QuestionPosee", "parcours",
                               "A question of the diagnostic, and where it stands for somebody."};
  static constexpr std::tuple fields{
      Field{"question", &Record::question, "Its code in the questionnaire of the pack."},
      Field{"rubrique", &Record::rubrique},
      Field{"texte", &Record::texte, "In French."},
      Field{"genre", &Record::genre, "\"oui_non\", \"code\", \"codes\" or \"texte\"."},
      Field{"valeurs", &Record::valeurs, "The codes that it takes, and how they are said."},
      Field{"sert", &Record::sert, "The decisions, then the documents, that the answer serves."},
      Field{"motif", &Record::motif, "Why it stands in its list, in French."},
      Field{"reponse", &Record::reponse, "The newest answer, in French; None without one, or when it is not shown.",
            or_null},
      Field{"source", &Record::source, "Who says it.", or_null},
      Field{"auteur", &Record::auteur, "Who recorded it.", or_null},
      Field{"evenement", &Record::evenement, "", or_null},
      Field{"le", &Record::le, "Of the answer: its effect, or when its source says it asked."},
      Field{"revoir_le", &Record::revoir_le, "The last day on which the answer is fresh."},
      Field{"proposition", &Record::proposition,
            "The code of the answer that a later event proposes (the outcome of an immersion); None without one.",
            or_null},
  };
};

template <> struct Table<parcours::Questions> {
  using Record = parcours::Questions;
  static constexpr Title title{"Questions", "parcours",
                               "What is known of somebody, what to ask, and what not to ask again."};
  static constexpr std::tuple fields{
      Field{"au", &Record::au, "The day."},
      Field{"trame", &Record::trame, "The questionnaire and its version."},
      Field{"connues", &Record::connues},
      Field{"a_revoir", &Record::a_revoir,
            "The answer is older than its freshness, or what came since opened it again."},
      Field{"a_demander", &Record::a_demander, "Nobody answered, or she did not know."},
      Field{"a_ne_pas_reposer", &Record::a_ne_pas_reposer,
            "She does not wish to answer, until she speaks of it again."},
      Field{"sans_objet", &Record::sans_objet, "No answer would change what is decided, and no document needs one."},
      Field{"reservees", &Record::reservees, "The role may not see the answers: the same list, answered or not."},
  };
};

template <> struct Table<parcours::Signe> {
  using Record = parcours::Signe;
  static constexpr Title title{"Signe", "parcours", "An answer that says something, with where it comes from."};
  static constexpr std::tuple fields{
      Field{"question", &Record::question},
      Field{"texte", &Record::texte, "In French."},
      Field{"reponse", &Record::reponse, "In French.", or_null},
      Field{"source", &Record::source, "", or_null},
      Field{"evenement", &Record::evenement, "", or_null},
      Field{"le", &Record::le},
  };
};

template <> struct Table<parcours::FreinLu> {
  using Record = parcours::FreinLu;
  static constexpr Title title{"FreinLu", "parcours", "A barrier as the reading grid sees it."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code, "Of classes_freins."},
      Field{"libelle", &Record::libelle},
      Field{"classe", &Record::classe, "\"social\" or \"professionnel\"."},
      Field{"present", &Record::present, "None: unknown, never no."},
      Field{"gravite", &Record::gravite, "\"fort\", \"moyen\", \"faible\", \"aucune\"; None when it is not known.",
            or_null},
      Field{"signes", &Record::signes, "The answers that say it."},
      Field{"contredit", &Record::contredit, "She says that it is no obstacle, and these answers say one."},
      Field{"retenu", &Record::retenu, "What the dossier holds: an answer; None when it holds nothing.", or_null},
      Field{"source", &Record::source, "Who says so.", or_null},
      Field{"thematiques", &Record::thematiques, "Of data·inclusion, under which an offer is found."},
  };
};

template <> struct Table<parcours::BesoinsLus> {
  using Record = parcours::BesoinsLus;
  static constexpr Title title{"BesoinsLus", "parcours",
                               "The barriers that are there, the gravest first, and those of which nothing is known."};
  static constexpr std::tuple fields{
      Field{"sociaux", &Record::sociaux},
      Field{"professionnels", &Record::professionnels},
      Field{"inconnus", &Record::inconnus},
  };
};

template <> struct Table<parcours::TensionLue> {
  using Record = parcours::TensionLue;
  static constexpr Title title{"TensionLue", "parcours", "Fit with jobs in tension."};
  static constexpr std::tuple fields{
      Field{"conclusion", &Record::conclusion,
            "\"a_proposer\", \"plus_tard\", \"non\", \"inconnu\" (the pack lists no job); None when facts are missing.",
            or_null},
      Field{"metiers", &Record::metiers, "Those she seeks that are in the list."},
      Field{"immersion", &Record::immersion, "A PMSMP may come first."},
  };
};

template <> struct Table<parcours::ActionProposee> {
  using Record = parcours::ActionProposee;
  static constexpr Title title{"ActionProposee", "parcours", "What the grid proposes for a barrier: she chooses."};
  static constexpr std::tuple fields{
      Field{"frein", &Record::frein},
      Field{"gravite", &Record::gravite},
      Field{"code", &Record::code},
      Field{"libelle", &Record::libelle},
  };
};

template <> struct Table<parcours::PasAction> {
  using Record = parcours::PasAction;
  static constexpr Title title{"PasAction", "parcours", "A step of an action."};
  static constexpr std::tuple fields{
      Field{"etape", &Record::etape},
      Field{"source", &Record::source, "", or_null},
      Field{"le", &Record::le},
  };
};

template <> struct Table<parcours::ActionSuivie> {
  using Record = parcours::ActionSuivie;
  static constexpr Title title{"ActionSuivie", "parcours", "An action of the dossier."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"libelle", &Record::libelle, "", or_null},
      Field{"frein", &Record::frein, "Its theme.", or_null},
      Field{"etape", &Record::etape},
      Field{"motif", &Record::motif, "Of a refusal, or of the end.", or_null},
      Field{"responsable", &Record::responsable, "Who carries it forward.", or_null},
      Field{"structure", &Record::structure, "", or_null},
      Field{"echeance", &Record::echeance},
      Field{"etapes", &Record::etapes},
  };
};

template <> struct Table<parcours::ObjectifSuivi> {
  using Record = parcours::ObjectifSuivi;
  static constexpr Title title{"ObjectifSuivi", "parcours", "An objective of the dossier."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"libelle", &Record::libelle, "", or_null},
      Field{"frein", &Record::frein, "", or_null},
      Field{"etat", &Record::etat, "", or_null},
      Field{"le", &Record::le},
  };
};

template <> struct Table<parcours::ActionsPrioritaires> {
  using Record = parcours::ActionsPrioritaires;
  static constexpr Title title{"ActionsPrioritaires", "parcours", "What to propose, and what she chose."};
  static constexpr std::tuple fields{
      Field{"a_proposer", &Record::a_proposer, "The gravest first; neither refused nor under way."},
      Field{"choisies", &Record::choisies, "Chosen, prescribed or begun."},
  };
};

template <> struct Table<parcours::RessourceLue> {
  using Record = parcours::RessourceLue;
  static constexpr Title title{"RessourceLue", "parcours", "What somebody may lean on."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"libelle", &Record::libelle},
      Field{"retenue", &Record::retenue, "A fact of the dossier; else the grid reads it in answers."},
  };
};

template <> struct Table<parcours::OffreMobilisable> {
  using Record = parcours::OffreMobilisable;
  static constexpr Title title{"OffreMobilisable", "parcours", "Under which themes an offer answers a barrier."};
  static constexpr std::tuple fields{
      Field{"frein", &Record::frein},
      Field{"thematiques", &Record::thematiques, "Of data·inclusion."},
  };
};

template <> struct Table<parcours::RessourcesLues> {
  using Record = parcours::RessourcesLues;
  static constexpr Title title{"RessourcesLues", "parcours", "Her resources, and those that may be mobilised."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"mobilisables", &Record::mobilisables},
  };
};

template <> struct Table<parcours::ChoixLus> {
  using Record = parcours::ChoixLus;
  static constexpr Title title{"ChoixLus", "parcours", "Her objectives, what was proposed to her, what she refused."};
  static constexpr std::tuple fields{
      Field{"objectifs", &Record::objectifs},
      Field{"proposees", &Record::proposees},
      Field{"refusees", &Record::refusees, "Refused or abandoned, with the reason."},
  };
};

template <> struct Table<parcours::DroitsLus> {
  using Record = parcours::DroitsLus;
  static constexpr Title title{"DroitsLus", "parcours", "The rights appointment, and the risk of not claiming."};
  static constexpr std::tuple fields{
      Field{"priorite", &Record::priorite,
            "\"haute\", \"normale\" or \"basse\", never a refusal; None when the age is not known.", or_null},
      Field{"moment", &Record::moment, "\"maintenant\", \"apres_inflexion\" or \"apres_diagnostic\".", or_null},
      Field{"risque", &Record::risque, "\"fort\", \"a_verifier\" or \"aucun\"; None when it is not known.", or_null},
      Field{"signes", &Record::signes},
      Field{"aller_vers", &Record::aller_vers, "Where to go towards her."},
  };
};

template <> struct Table<parcours::EquiteLue> {
  using Record = parcours::EquiteLue;
  static constexpr Title title{"EquiteLue", "parcours", "What tells whether she is served as others are."};
  static constexpr std::tuple fields{
      Field{"trame", &Record::trame, "Of the last diagnostic.", or_null},
      Field{"structure", &Record::structure, "", or_null},
      Field{"habilitation", &Record::habilitation,
            "Of who posed it: \"habilite\" or \"sans_habilitation\"; None when it is not known.", or_null},
      Field{"delai", &Record::delai, "Days from the first trace of her to the first diagnostic."},
      Field{"mediane", &Record::mediane, "Of the département; None when it was not given, or is hidden."},
  };
};

template <> struct Table<parcours::Contradiction> {
  using Record = parcours::Contradiction;
  static constexpr Title title{"Contradiction", "parcours", "What is to be cleared with her."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"texte", &Record::texte, "In French."},
      Field{"reponses", &Record::reponses},
  };
};

template <> struct Table<parcours::Complement> {
  using Record = parcours::Complement;
  static constexpr Title title{"Complement", "parcours", "What may complete the diagnostic."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code,
            "\"pmsmp\", \"pix\", \"eva\", \"compensation_materielle\", \"compensation_humaine\" or "
            "\"compensation_organisationnelle\"."},
      Field{"motif", &Record::motif, "In French."},
  };
};

template <> struct Table<parcours::DiagnosticPose> {
  using Record = parcours::DiagnosticPose;
  static constexpr Title title{"DiagnosticPose", "parcours", "A diagnostic that somebody posed or updated."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"etape", &Record::etape},
      Field{"structure", &Record::structure, "", or_null},
      Field{"trame", &Record::trame, "", or_null},
      Field{"accord", &Record::accord, "Her answer.", or_null},
      Field{"accord_recueilli", &Record::accord_recueilli, "How it was received.", or_null},
      Field{"complet", &Record::complet},
      Field{"le", &Record::le},
  };
};

template <> struct Table<parcours::DiagnosticPartage> {
  using Record = parcours::DiagnosticPartage;
  static constexpr Title title{"DiagnosticPartage", "parcours",
                               "The shared diagnostic of somebody on a day: computed, never stored."};
  static constexpr std::tuple fields{
      Field{"dossier", &Record::dossier},
      Field{"au", &Record::au},
      Field{"trame", &Record::trame, "The questionnaire and its version."},
      Field{"pack.id", &Record::pack_id},
      Field{"pack.version", &Record::pack_version},
      Field{"pose", &Record::pose, "The last one; None when nobody posed any."},
      Field{"perime", &Record::perime, "None without one."},
      Field{"freins", &Record::freins},
      Field{"entree", &Record::entree, "The decision of the pack; None when it has none."},
      Field{"besoins_sociaux_et_professionnels", &Record::besoins_sociaux_et_professionnels},
      Field{"potentiel", &Record::potentiel, "Answers for the passport; no skill is computed here."},
      Field{"metiers_en_tension", &Record::metiers_en_tension},
      Field{"actions_prioritaires", &Record::actions_prioritaires},
      Field{"ressources", &Record::ressources},
      Field{"choix", &Record::choix},
      Field{"droits", &Record::droits},
      Field{"equite", &Record::equite},
      Field{"contradictions", &Record::contradictions},
      Field{"complements", &Record::complements},
      Field{"manquants", &Record::manquants, "The facts that would determine more."},
  };
};

template <> struct Table<parcours::FeuilleDeRoute> {
  using Record = parcours::FeuilleDeRoute;
  static constexpr Title title{"FeuilleDeRoute", "parcours",
                               "The road map: what she chose, who does what by when, what was done since."};
  static constexpr std::tuple fields{
      Field{"dossier", &Record::dossier},
      Field{"au", &Record::au},
      Field{"diagnostic", &Record::diagnostic, "The last one; None when nobody posed any."},
      Field{"objectifs", &Record::objectifs},
      Field{"a_faire", &Record::a_faire},
      Field{"faites", &Record::faites},
      Field{"proposees", &Record::proposees},
      Field{"refusees", &Record::refusees},
      Field{"besoins", &Record::besoins, "Labels of the barriers that are there."},
      Field{"ressources", &Record::ressources},
  };
};

template <> struct Table<parcours::ConditionRelais> {
  using Record = parcours::ConditionRelais;
  static constexpr Title title{"ConditionRelais", "parcours", "A condition that a relay must fulfil to be effective."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code, "In donnees/relais.json of the pack."},
      Field{"libelle", &Record::libelle, "In French."},
      Field{"etat",
            Computed{[](const Record &condition) { return std::string(text(condition.etat)); },
                     [](Record &condition, const std::string &etat) {
                       condition.etat = parcours::read_etat_condition(etat);
                     }},
            "\"rempli\", \"non_rempli\", \"inconnu\" (which holds the relay up), \"dispense\", or \"reserve\": it "
            "rests on "
            "facts that the actor does not see."},
      Field{"qui", &Record::qui, "Who can give it, in French."},
      Field{"source", &Record::source, "Where the condition comes from."},
  };
};

template <> struct Table<parcours::ReorientationLue> {
  using Record = parcours::ReorientationLue;
  static constexpr Title title{"ReorientationLue", "parcours", "A reorientation that an instance decided."};
  static constexpr std::tuple fields{
      Field{"autorite", &Record::autorite, "Who decides it by the law."},
      Field{"article", &Record::article, "By which article."},
      Field{"notifie_le", &Record::notifie_le, "When the person was told."},
      Field{"date", &Record::date, "Of the decision."},
  };
};

template <> struct Table<parcours::EtatRelais> {
  using Record = parcours::EtatRelais;
  static constexpr Title title{"EtatRelais", "parcours", "Where a relay stands."};
  static constexpr std::tuple fields{
      Field{"relais", &Record::relais, "Its id; null for who does not see the whole of it.", or_null},
      Field{"etape", &Record::etape, "Its last step."},
      Field{"objet", &Record::objet, "What changes hands."},
      Field{"role", &Record::role, "\"referent_unique\" or \"coordinateur\".", or_null},
      Field{"de", &Record::de, "Who hands over.", or_null},
      Field{"vers", &Record::vers, "Who is asked to take over.", or_null},
      Field{"motif", &Record::motif, "Its reason, a code of the pack.", or_null},
      Field{"depuis", &Record::depuis, "The day of that step."},
      Field{"conditions", &Record::conditions, "Of a relay that is under way."},
      Field{"possible", &Record::possible, "Each condition is fulfilled or waived, and none is reserved."},
      Field{"accord", &Record::accord, "Her word: \"oui\" or \"non\", beside whatever was decided.", or_null},
      Field{"accord_recueilli", &Record::accord_recueilli, "How it was received.", or_null},
      Field{"dispenses", &Record::dispenses, "Conditions that it was waived, once it is effective."},
      Field{"reorientation", &Record::reorientation, "Decided without her agreement; null without one."},
  };
};

template <> struct Table<parcours::LigneCarnet> {
  using Record = parcours::LigneCarnet;
  static constexpr Title title{"LigneCarnet", "parcours", "One thing of a logbook."};
  static constexpr std::tuple fields{
      Field{"genre", &Record::genre, "The type of the event: \"rendez_vous\", \"action\"."},
      Field{"libelle", &Record::libelle, "Its own words.", or_null},
      Field{"code", &Record::code, "What it is about: a code of the pack or of a source.", or_null},
      Field{"etape", &Record::etape, "Its last step.", or_null},
      Field{"date", &Record::date, "When it was, or will be; null when nobody said."},
      Field{"lieu", &Record::lieu, "Where.", or_null},
      Field{"qui", &Record::qui, "With whom: a professional, a structure, an instance.", or_null},
      Field{"nom", &Record::nom, "Of `qui`, as the journal knows it.", or_null},
      Field{"numero", &Record::numero, "Its key, to answer it.", or_null},
  };
};

template <> struct Table<parcours::ActePossible> {
  using Record = parcours::ActePossible;
  static constexpr Title title{"ActePossible", "parcours", "An act that who reads the logbook may do now."};
  static constexpr std::tuple fields{
      Field{"acte", &Record::acte, "Its name: Guichet.agir takes it."},
      Field{"titre", &Record::titre, "In French."},
      Field{"sur", &Record::sur, "The keys of what it may be done to; empty for something new."},
  };
};

template <> struct Table<parcours::Carnet> {
  using Record = parcours::Carnet;
  static constexpr Title title{"Carnet", "parcours",
                               "The logbook of a person, as who reads it may see it. Its JSON also has `retenues`."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne, "Her dossier."},
      Field{"au", &Record::au, "The day that it is of."},
      Field{"role", &Record::role, "Of who reads; null when no tie holds.", or_null},
      Field{"situation", &Record::situation, "Where she is: entry, accompaniment, steps, pauses, relays under way."},
      Field{"a_venir", &Record::a_venir, "What comes next, the nearest first."},
      Field{"intervenants", &Record::intervenants, "Who helps her."},
      Field{"acquis", &Record::acquis, "What she has achieved, the latest first."},
      Field{"choix", &Record::choix, "What was proposed, what she chose and refused, her objectives, her consents."},
      Field{"actes", &Record::actes, "What she, or who reads, may do now."},
  };
};

template <> struct Table<parcours::Episode> {
  using Record = parcours::Episode;
  static constexpr Title title{"Episode", "parcours", "From an entry to the first exit after it."};
  static constexpr std::tuple fields{
      Field{"entree", &Record::entree},
      Field{"sortie", &Record::sortie, "None while it goes on."},
      Field{"motif", &Record::motif, "Of the exit: a code of the pack or of a source.", or_null},
  };
};

template <> struct Table<parcours::Accompagnement> {
  using Record = parcours::Accompagnement;
  static constexpr Title title{"Accompagnement", "parcours", "How the person is accompanied, from a day on."};
  static constexpr std::tuple fields{
      Field{"depuis", &Record::depuis},
      Field{"jusqu_au", &Record::jusqu_au, "The eve of the next one; None for that in force."},
      Field{"modalite", &Record::modalite, "\"individuel\" or \"collectif\".", or_null},
      Field{"dispositif", &Record::dispositif, "A code.", or_null},
      Field{"structure", &Record::structure, "", or_null},
      Field{"motif", &Record::motif, "Why it changed: a code.", or_null},
  };
};

template <> struct Table<parcours::Etape> {
  using Record = parcours::Etape;
  static constexpr Title title{"Etape", "parcours", "A step of the path."};
  static constexpr std::tuple fields{
      Field{"libelle", &Record::libelle, "Its own words.", or_null},
      Field{"module", &Record::module, "A code of the pack.", or_null},
      Field{"ouverte", &Record::ouverte},
      Field{"close", &Record::close, "None while it is open."},
  };
};

template <> struct Table<parcours::Pause> {
  using Record = parcours::Pause;
  static constexpr Title title{"Pause", "parcours", "A pause: it stops the delays of the project, none of the law."};
  static constexpr std::tuple fields{
      Field{"debut", &Record::debut},
      Field{"reprise", &Record::reprise, "None while it goes on."},
      Field{"reprise_prevue", &Record::reprise_prevue},
      Field{"motif", &Record::motif, "A code.", or_null},
  };
};

template <> struct Table<parcours::Meneur> {
  using Record = parcours::Meneur;
  static constexpr Title title{"Meneur", "parcours", "Who leads the path: a naming in force."};
  static constexpr std::tuple fields{
      Field{"role", &Record::role, "\"referent_unique\", \"coordinateur\" or \"conseiller\"."},
      Field{"professionnel", &Record::professionnel},
      Field{"structure", &Record::structure, "", or_null},
      Field{"source", &Record::source, "Who says it."},
      Field{"depuis", &Record::depuis},
  };
};

template <> struct Table<parcours::Suivi> {
  using Record = parcours::Suivi;
  static constexpr Title title{"Suivi", "parcours", "The follow-up of a job."};
  static constexpr std::tuple fields{
      Field{"emploi", &Record::emploi, "Its first day of work."},
      Field{"fin", &Record::fin, "The last day of the follow-up, by the pack."},
      Field{"perdu", &Record::perdu, "When the job was lost, which ended it."},
      Field{"en_cours", &Record::en_cours},
  };
};

template <> struct Table<parcours::Parcours> {
  using Record = parcours::Parcours;
  static constexpr Title title{"Parcours", "parcours",
                               "The path of a person, as who asks may see it. Its JSON also has `retenues`."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne, "Her dossier."},
      Field{"au", &Record::au, "The day that it is of."},
      Field{"role", &Record::role, "Of who asks; null when no tie holds.", or_null},
      Field{"etat",
            Computed{[](const Record &path) { return std::string(text(path.etat)); },
                     [](Record &path, const std::string &etat) { path.etat = parcours::read_etat_parcours(etat); }},
            "\"pas_entre\" (no entry is seen), \"en_cours\", \"en_pause\" or \"sorti\"."},
      Field{"episodes", &Record::episodes, "One after the other."},
      Field{"accompagnements", &Record::accompagnements, "One after the other; the last is in force."},
      Field{"etapes", &Record::etapes},
      Field{"pauses", &Record::pauses},
      Field{"meneurs", &Record::meneurs, "Namings in force on that day."},
      Field{"conflits", &Record::conflits, "Roles that two different professionals hold on that day."},
      Field{"suivis", &Record::suivis, "Of each job found."},
  };
};

} // namespace spie::record
