// The payload types of version 1. Fields follow annexe E (S:2712-2778), the diagnostic and the logbook (S:766-857,
// 1375-1402), and what the formats that are read can say. A code is kept as its source writes it: the list it belongs
// to is named by the event's source.
#include "spie/dossier/contenu.hpp"

#include <algorithm>
#include <array>

namespace spie::dossier {

namespace {

using enum Nature;
using C = Champ;

constexpr bool obligatoire = true;
constexpr bool repete = true;
constexpr bool par_plan = true;

// --- a person: identity, contact, statuses (annexe E 1° and 3°) ---

constexpr std::array identite{
    C{"civilite", code, "Civilité"},
    C{"nom", texte, "Nom", obligatoire},
    C{"nom_naissance", texte, "Nom de naissance"},
    C{"prenom", texte, "Prénom", obligatoire},
    C{"autres_prenoms", texte, "Autres prénoms", false, repete},
    C{"date_naissance", date, "Date de naissance"},
    C{"type_date_naissance", code, "Comment la date de naissance est connue"},
    C{"commune_naissance", texte, "Commune de naissance"},
    C{"code_commune_naissance", code, "Code de la commune de naissance"},
    C{"sexe", code, "Sexe"},
};
constexpr std::array contact{
    C{"telephones", texte, "Téléphones", false, repete},
    C{"courriels", texte, "Adresses électroniques", false, repete},
};
constexpr std::array adresse{
    C{"lignes", texte, "Lignes de l'adresse", false, repete},
    C{"code_postal", code, "Code postal"},
    C{"commune", texte, "Commune"},
    C{"code_commune", code, "Code de la commune"},
    C{"pays", code, "Pays"},
    C{"sans_domicile_fixe", reponse, "Sans domicile fixe"},
};
constexpr std::array identifiant{
    C{"genre", code, "Qui donne l'identifiant", obligatoire},
    C{"valeur", texte, "Valeur, ou son empreinte", obligatoire},
};
constexpr std::array statut{
    C{"code", code, "Statut", obligatoire},
    C{"reponse", reponse, "A ce statut", obligatoire},
    C{"precision", code, "Précision de la source"},
    C{"date_fin_prevue", date, "Date de fin prévue"},
};
constexpr std::array droits_devoirs{
    C{"soumis", reponse, "Soumis aux droits et devoirs", obligatoire},
};
constexpr std::array appartenance{
    C{"foyer", sujet, "Foyer", obligatoire, false, "foyer"},
    C{"role", code, "Rôle dans le foyer"},
};
constexpr std::array revenu{
    C{"nature", code, "Nature de la ressource", obligatoire},
    C{"mois", mois, "Mois", obligatoire},
    C{"montant", montant, "Montant", obligatoire},
    C{"abattement", code, "Abattement ou neutralisation"},
};
constexpr std::array activite{
    C{"code", code, "Activité", obligatoire},
    C{"regime", code, "Régime"},
    C{"nature_contrat", code, "Nature du contrat de travail"},
};
constexpr std::array situation_professionnelle{
    C{"code", code, "Situation professionnelle actuelle", obligatoire},
};
constexpr std::array niveau_formation{
    C{"niveau", code, "Niveau d'études"},
    C{"diplome", code, "Diplôme le plus élevé"},
    C{"annee_diplome", entier, "Année du diplôme"},
};
constexpr std::array recherche_emploi{
    C{"metiers", code, "Métiers recherchés (codes ROME)", false, repete},
    C{"libelles", texte, "Métiers recherchés, en clair", false, repete},
    C{"zone_mobilite", texte, "Zone de mobilité"},
};
constexpr std::array inscription{
    C{"date_inscription", date, "Date d'inscription"},
    C{"categorie", code, "Catégorie d'inscription"},
    C{"motif", code, "Motif d'inscription"},
    C{"structure", texte, "Agence"},
    C{"code_structure", code, "Code de l'agence"},
    C{"modalite", code, "Modalité d'accompagnement"},
    C{"suivi_structure", texte, "Agence qui suit"},
    C{"suivi_debut", date, "Début du suivi"},
    C{"suivi_fin_prevue", date, "Fin prévue du suivi"},
};

// --- a household (annexe E 3°) ---

constexpr std::array enfants{
    C{"mois_naissance", mois, "Mois de naissance"},
    C{"a_charge", reponse, "À charge"},
};
constexpr std::array composition{
    C{"enfants", objet, "Enfants", false, repete, {}, enfants},
    C{"autres_personnes_a_charge", entier, "Autres personnes à charge"},
};
constexpr std::array situation_familiale{
    C{"code", code, "Situation familiale", obligatoire},
};
constexpr std::array droit_rsa{
    C{"etat", code, "État du droit au RSA", obligatoire},
    C{"date_demande", date, "Date de la demande"},
    C{"numero_demande", code, "Numéro de la demande"},
    C{"motifs_suspension", code, "Motifs de suspension", false, repete},
    C{"date_suspension", date, "Début de la première suspension en cours"},
    C{"motif_refus", code, "Motif de refus"},
    C{"date_refus", date, "Date du refus"},
    C{"motif_cloture", code, "Motif de clôture"},
    C{"date_cloture", date, "Date de clôture"},
};

// --- diagnostic, freins, road map, logbook (S:766-857, 1375-1402) ---

// On what a person retained what the reading grid proposed. They are free texts to the mask: whose events they name,
// and which rule read them, says what was answered.
constexpr C fonde_sur{"fonde_sur", texte, "Les événements sur lesquels il se fonde", false, repete};
constexpr C regle{"regle", texte, "La règle qui l'a proposé : pack, version, décision"};

constexpr std::array reponse_diagnostic{
    C{"question", code, "Question", obligatoire},
    C{"reponse", reponse, "Réponse"},
    C{"valeurs", code, "Valeurs choisies", false, repete},
    C{"valeurs_contestees", code, "Parmi elles, celles qu'un seul éditeur connaît", false, repete},
    C{"texte", texte, "Texte libre"},
};
constexpr std::array frein{
    C{"code", code, "Frein", obligatoire},
    C{"reponse", reponse, "Présent", obligatoire},
    C{"impact", code, "Impact"},
    C{"prioritaire", booleen, "Prioritaire"},
    C{"texte", texte, "Texte libre"},
    fonde_sur,
    regle,
};
constexpr std::array ressource{
    C{"code", code, "Ressource", obligatoire},
    C{"reponse", reponse, "Présente", obligatoire},
    fonde_sur,
    regle,
};
constexpr std::array objectif{
    C{"id", code, "Objectif", obligatoire},
    C{"libelle", texte, "Libellé"},
    C{"frein", code, "Frein visé"},
    C{"etat", code, "État"},
    fonde_sur,
    regle,
};
// What a diagnostic says stands in its answers, its freins, its resources: this is that it was made.
constexpr std::array diagnostic{
    C{"id", code, "Diagnostic", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "pose actualise"},
    C{"complet", booleen, "Tout a été abordé"},
    C{"accord", reponse, "La personne est d'accord"},
    C{"accord_recueilli", code, "Comment son accord a été recueilli", false, false, "par_elle oral ecrit"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"trame", code, "Questionnaire, et sa version"},
    fonde_sur,
    regle,
};
constexpr std::array action{
    C{"id", code, "Action", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "proposee choisie prescrite demarree terminee refusee abandonnee"},
    C{"code", code, "Code de l'action"},
    C{"libelle", texte, "Libellé"},
    C{"precision", texte, "Précision de la source"},
    C{"theme", code, "Thème"},
    C{"objectif", code, "Objectif visé"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"date_prevue", date, "Date prévue"},
    C{"date_fin_prevue", date, "Date de fin prévue"},
    C{"motif_fin", code, "Motif de fin"},
    C{"motif_refus", code, "Motif de refus"},
    C{"responsable", sujet, "Qui la fait avancer"},
    C{"echeance", date, "Échéance"},
    fonde_sur,
    regle,
};
constexpr std::array rendez_vous{
    C{"id", code, "Rendez-vous", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "fixe tenu absent excuse annule"},
    C{"prevu_le", instant, "Prévu le"},
    C{"lieu", texte, "Lieu"},
    C{"code_commune", code, "Code de la commune"},
    C{"avec", sujet, "Professionnel", false, false, "professionnel"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"issue", texte, "Issue"},
};
constexpr std::array referent{
    C{"role", code, "Rôle", obligatoire, false, "referent_unique coordinateur conseiller"},
    C{"etape", code, "Étape", obligatoire, false, "nomme termine"},
    C{"professionnel", sujet, "Professionnel", false, false, "professionnel"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"courriel", texte, "Adresse électronique"},
    C{"motif_fin", code, "Motif de fin"},
};
constexpr std::array emploi{
    C{"id", code, "Emploi", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "trouve termine"},
    C{"independant", reponse, "Travailleur indépendant"},
    C{"nature_contrat", code, "Nature du contrat de travail"},
    C{"duree_mois", entier, "Durée du contrat, en mois"},
    C{"quotite", code, "Quotité de travail", false, false, "temps_plein temps_partiel"},
    C{"metier", code, "Métier (code ROME)"},
    C{"motif_fin", code, "Motif de fin"},
};
constexpr std::array formation{
    C{"id", code, "Formation", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "trouvee terminee"},
    C{"libelle", texte, "Libellé"},
    C{"motif_fin", code, "Motif de fin"},
};
constexpr std::array entree{
    C{"motif", code, "Motif"},
    C{"structure", sujet, "Structure qui fait entrer", false, false, "structure"},
};
constexpr std::array sortie{
    C{"motif", code, "Motif", obligatoire},
};

// --- how the path goes (S:851-857, 1314-1360, 1375-1432) ---

constexpr std::array accompagnement{
    C{"modalite", code, "Modalité", false, false, "individuel collectif"},
    C{"dispositif", code, "Dispositif"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"motif", code, "Motif"},
};
constexpr std::array etape_parcours{
    C{"id", code, "Étape du parcours", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "ouverte close"},
    C{"libelle", texte, "Libellé"},
    C{"module", code, "Module"},
};
constexpr std::array pause{
    C{"id", code, "Pause", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "debut reprise"},
    C{"motif", code, "Motif"},
    C{"reprise_prevue", date, "Reprise prévue le"},
};
// `de` and `vers` are the outgoing and the incoming professional; where the object is none, `structure`, `dispositif`
// or `modalite` say what changes.
constexpr std::array relais{
    C{"id", code, "Relais", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "demande accepte refuse retire effectif"},
    C{"objet", code, "Ce qui change", false, false, "referent structure dispositif modalite"},
    C{"role", code, "Rôle", false, false, "referent_unique coordinateur"},
    C{"de", sujet, "Qui passe la main", false, false, "professionnel"},
    C{"vers", sujet, "Qui la prend", false, false, "professionnel"},
    C{"structure", sujet, "Structure qui prend la suite", false, false, "structure"},
    C{"dispositif", code, "Dispositif qui prend la suite"},
    C{"modalite", code, "Modalité qui prend la suite", false, false, "individuel collectif"},
    C{"demandeur", sujet, "Qui le demande"},
    C{"motif", code, "Motif"},
    C{"texte", texte, "Texte libre"},
    C{"informee", reponse, "La personne est informée du motif"},
    C{"accord", reponse, "La personne est d'accord"},
    C{"accord_recueilli", code, "Comment son accord a été recueilli", false, false, "par_elle oral ecrit"},
    C{"rendez_vous", code, "Le rendez-vous de passation"},
    C{"dispenses", code, "Conditions dont il est dispensé", false, repete},
    fonde_sur,
    regle,
};
constexpr std::array immersion{
    C{"id", code, "Immersion", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "prevue signee commencee terminee annulee"},
    C{"structure", sujet, "Structure d'accueil", false, false, "structure"},
    C{"objet", code, "Objet", false, false, "decouvrir_metier confirmer_projet initier_recrutement"},
    C{"objectifs", texte, "Objectifs", false, repete},
    C{"date_debut", date, "Premier jour"},
    C{"date_fin", date, "Dernier jour"},
    C{"renouvelle", code, "L'immersion qu'elle renouvelle"},
    C{"prescripteur", code, "Qui la prescrit"},
    C{"delegation", code, "De qui il tient sa délégation"},
    C{"accompagnement", sujet, "Structure d'accompagnement", false, false, "structure"},
    C{"tuteur", texte, "Tuteur"},
    C{"metier", code, "Métier (code ROME)"},
    C{"usages", code, "Ce à quoi elle sert", false, repete},
};
constexpr std::array observations{
    C{"code", code, "Compétence", obligatoire},
    C{"libelle", texte, "Libellé"},
    C{"niveau", code, "Niveau"},
};
constexpr std::array bilan_immersion{
    C{"immersion", code, "Immersion", obligatoire},
    C{"issue", code, "Issue", obligatoire, false, "complete partielle non_presente"},
    C{"dernier_jour", date, "Dernier jour fait"},
    C{"heures_manquees", entier, "Heures manquées"},
    C{"objectifs_atteints", reponse, "Objectifs atteints"},
    C{"observations", objet, "Compétences observées", false, repete, {}, observations},
    C{"par", sujet, "Qui a fait le bilan"},
    C{"texte", texte, "Texte libre"},
};
constexpr std::array saisine{
    C{"id", code, "Saisine", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "deposee inscrite etudiee retiree"},
    C{"instance", sujet, "Instance", false, false, "instance"},
    C{"session", code, "Séance"},
    C{"motif", code, "Motif"},
    C{"question", texte, "Question posée"},
    C{"membres", sujet, "Membres de son parcours à convier", false, repete, "professionnel"},
};
// Of a reorientation, who decides it by the law, by which article, and when she was told (CASF, L262-31 and L262-39).
constexpr std::array decision_instance{
    C{"saisine", code, "Saisine", obligatoire},
    C{"session", code, "Séance"},
    C{"nature", code, "Décision", obligatoire},
    C{"motif", code, "Motif"},
    C{"manque_offre", code, "Ce que l'offre n'a pas"},
    C{"suite", code, "Suite"},
    C{"autorite", code, "Autorité qui décide"},
    C{"article", code, "Article qui le lui permet"},
    C{"notifie_le", date, "Notifiée le"},
};
constexpr std::array suite_vigilance{
    C{"moment", code, "Moment de vigilance", obligatoire},
    C{"decision", code, "Ce qui est fait", obligatoire, false, "contact instance relais sans_suite"},
    C{"jusqu_au", date, "Jusqu'au"},
};
constexpr std::array sollicitation{
    C{"id", code, "Sollicitation", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "demandee repondue close"},
    C{"de", sujet, "Qui demande", false, false, "professionnel"},
    C{"a", sujet, "À qui", false, false, "professionnel"},
    C{"objet", code, "Objet"},
    C{"texte", texte, "Texte libre"},
};

// --- the passport: what a person can do, who vouches for it, what she lets out (S:774-780, 1128-1137, 1744-1754) ---

// An item begins with `ajoute`; each later step says who vouches for it, who contests it, or what fell. A code of the
// ROME stands with the release it was read from.
// Where the state of a badge is published: what its issuer sets when it is withdrawn. Without an index, the list holds
// the badge by its id.
constexpr std::array statuts_badge{
    C{"badge", texte, "Le badge", obligatoire},
    C{"liste", texte, "La liste d'état", obligatoire},
    C{"index", entier, "Sa place dans la liste"},
    C{"but", code, "Ce que la liste dit", false, false, "revocation suspension refresh message"},
};
constexpr std::array badges_sortis{
    C{"id", texte, "Le badge", obligatoire},
    C{"element", code, "Élément du passeport"},
    C{"empreinte", texte, "Empreinte"},
};
constexpr std::array element_passeport{
    C{"id", code, "Élément du passeport", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "ajoute confirme garanti conteste tombe retire"},
    C{"genre", code, "Genre", false, false, "competence experience formation certification langue utilite_sociale"},
    C{"libelle", texte, "Libellé"},
    C{"code_rome", code, "Code ROME"},
    C{"nature_rome", code, "Ce que le code nomme", false, false, "competence savoir metier appellation"},
    C{"version_rome", code, "Version du ROME"},
    C{"esco", texte, "Adresses ESCO", false, repete},
    C{"certification", code, "Numéro RNCP ou RS"},
    C{"formacode", code, "Formacode"},
    C{"niveau", code, "Niveau", false, false, "decouverte pratique autonomie maitrise A1 A2 B1 B2 C1 C2"},
    C{"debut", date, "Début"},
    C{"fin", date, "Fin"},
    C{"lieu", texte, "Lieu"},
    C{"code_commune", code, "Code de la commune"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"organisme", texte, "Organisme, quand le journal ne le connaît pas"},
    C{"preuves", texte, "Preuves", false, repete},
    C{"proposition", texte, "La proposition gardée"},
    C{"immersion", code, "L'immersion qui l'a montré"},
    C{"par", sujet, "Qui s'en porte garant"},
    C{"nom_garant", texte, "Son nom, quand le journal ne le connaît pas"},
    C{"qualite", code, "À quel titre", false, false, "tuteur employeur pair formateur benevole certificateur"},
    C{"vu", texte, "Ce qui a été vu"},
    C{"moyen", code, "Comment", false, false, "observation attestation badge liste_certificateur"},
    C{"emetteur", texte, "Émetteur du badge"},
    C{"badge", texte, "Le badge : identifiant et empreinte"},
    C{"statuts", objet, "Où l'état du badge est publié", false, repete, {}, statuts_badge},
    C{"expire_le", date, "Dernier jour du badge"},
    C{"verifie_le", date, "Preuve vérifiée le"},
    C{"liste", texte, "La liste qui reconnaît l'émetteur, ou celle du certificateur"},
    C{"garantie", texte, "L'étape qui tombe"},
    C{"motif", code, "Motif"},
    fonde_sur,
    regle,
};
constexpr std::array refus_proposition{
    C{"proposition", texte, "Proposition", obligatoire},
    C{"motif", code, "Motif"},
};
// What she typed for one share stands in the share: it leaves with it, and with nothing else.
constexpr std::array mots_partages{
    C{"element", code, "Élément du passeport", obligatoire},
    C{"texte", texte, "Ses mots", obligatoire},
};
constexpr std::array partage_passeport{
    C{"id", code, "Partage", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "ouvert cesse"},
    C{"destinataire", texte, "À qui"},
    C{"finalite", code, "Pour quoi", false, false, "candidature entretien formation rencontre"},
    C{"fin", date, "Dernier jour"},
    C{"elements", code, "Éléments choisis", false, repete},
    C{"champs", code, "Champs choisis", false, repete},
    C{"mots", objet, "Mots écrits pour ce partage", false, repete, {}, mots_partages},
    C{"accord", reponse, "La personne est d'accord"},
    C{"accord_recueilli", code, "Comment son accord a été recueilli", false, false, "par_elle oral ecrit"},
};
constexpr std::array remise_passeport{
    C{"id", code, "Remise", obligatoire},
    C{"partage", code, "Partage ; aucun quand elle emporte son passeport"},
    C{"forme", code, "Ce qui est écrit", obligatoire, false, "json cv badges clr"},
    C{"elements", code, "Éléments sortis", false, repete},
    C{"empreinte", texte, "Empreinte"},
    C{"emetteur", texte, "Qui a signé"},
    C{"titulaire", texte, "Comment les badges la nomment"},
    C{"badges", objet, "Badges signés pour cette remise", false, repete, {}, badges_sortis},
    C{"statuts", objet, "Où leur état est publié", false, repete, {}, statuts_badge},
    C{"accord_recueilli", code, "Comment son accord a été recueilli", false, false, "par_elle oral ecrit"},
};
// A badge put into her hands: its issuer may revoke it, and it stays hers.
constexpr std::array badge_delivre{
    C{"id", code, "Badge", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "delivre revoque"},
    C{"immersion", code, "L'immersion qui le fonde"},
    C{"elements", code, "Éléments du passeport qu'il reconnaît", false, repete},
    C{"emetteur", texte, "Qui l'a signé"},
    C{"titulaire", texte, "Comment il la nomme"},
    C{"empreinte", texte, "Empreinte"},
    C{"statuts", objet, "Où son état est publié", false, repete, {}, statuts_badge},
    C{"motif", code, "Motif"},
    regle,
};

// What an employer, a tutor or a peer says for her, when she asks (S:1133-1137): of an item of her passport, and of the
// badge that shows it. A signed one is kept elsewhere: what names it, and its hash, stand here.
constexpr std::array recommandation{
    C{"id", code, "Recommandation", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "demandee donnee refusee retiree"},
    C{"element", code, "Élément du passeport"},
    C{"badge", texte, "Le badge recommandé : son identifiant"},
    C{"a", sujet, "À qui elle est demandée"},
    C{"nom", texte, "Son nom, quand le journal ne le connaît pas"},
    C{"qualite", code, "À quel titre", false, false, "tuteur employeur pair formateur benevole"},
    C{"accord", reponse, "La personne est d'accord"},
    C{"accord_recueilli", code, "Comment son accord a été recueilli", false, false, "par_elle oral ecrit"},
    C{"texte", texte, "Ce qui est dit d'elle"},
    C{"avenant", texte, "La recommandation signée : son identifiant"},
    C{"empreinte", texte, "Son empreinte"},
    C{"emetteur", texte, "Qui l'a signée"},
    C{"verifie_le", date, "Preuve vérifiée le"},
    C{"motif", code, "Motif"},
};

// --- who may see ---

constexpr std::array consentement{
    C{"finalite", code, "Finalité", obligatoire},
    C{"destinataire", texte, "Destinataire : un rôle ou une structure", obligatoire},
    C{"accorde", booleen, "Accordé", obligatoire},
    C{"objets", code, "Faits concernés ; tous quand il n'y en a pas", false, repete},
};
// What went to somebody who reads it elsewhere; who looked in here is told by the journal of accesses.
constexpr std::array partage{
    C{"destinataire", texte, "À qui : un rôle, ou structure:…", obligatoire},
    C{"finalite", code, "Finalité", obligatoire},
    C{"objets", code, "Faits transmis ; tous quand il n'y en a pas", false, repete},
    C{"moyen", code, "Comment : un fichier, une instance, un courrier"},
};
constexpr std::array membre{
    C{"professionnel", sujet, "Professionnel", obligatoire, false, "professionnel"},
    C{"role", code, "Rôle", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "commence termine"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"instance", sujet, "Instance", false, false, "instance"},
};
constexpr std::array decision_donnees{
    C{"genre", code, "Genre", obligatoire, false, "effacement opposition limitation rectification"},
    C{"etape", code, "Étape", obligatoire, false, "demandee acceptee refusee levee"},
    C{"motif", texte, "Motif"},
    C{"finalites", code, "Finalités visées ; celles du pack quand il n'y en a pas", false, repete},
    C{"objets", code, "Faits visés ; tous quand il n'y en a pas", false, repete},
};
// A correction of the event is another event: its words are not those that were read.
constexpr std::array declassement{
    C{"evenement", texte, "L'événement qui porte le texte", obligatoire},
    C{"champ", code, "Le champ qui le porte", obligatoire},
    C{"motif", texte, "Motif"},
};

// --- structures and professionals ---

constexpr std::array structure{
    C{"nom", texte, "Nom", obligatoire},
    C{"siret", code, "SIRET"},
    C{"description", texte, "Description"},
    C{"lignes", texte, "Lignes de l'adresse", false, repete},
    C{"code_postal", code, "Code postal"},
    C{"commune", texte, "Commune"},
    C{"code_commune", code, "Code de la commune"},
    C{"site", texte, "Site"},
    C{"courriels", texte, "Adresses électroniques", false, repete},
    C{"telephones", texte, "Téléphones", false, repete},
};
constexpr std::array professionnel{
    C{"nom", texte, "Nom"},
    C{"prenom", texte, "Prénom"},
    C{"fonction", texte, "Fonction"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"courriels", texte, "Adresses électroniques", false, repete},
    C{"telephones", texte, "Téléphones", false, repete},
};

// The rings and the labels of the consortium, habilitations and trainings (S:931-1107, 1941-1970).
constexpr std::array consortium{
    C{"cercle", code, "Cercle", obligatoire},
};
constexpr std::array label{
    C{"etape", code, "Étape", obligatoire, false, "demande accorde refuse retire"},
    C{"fin", date, "Fin"},
    C{"criteres", code, "Critères remplis", false, repete},
    C{"suivi_plus_six_mois", reponse, "S'engage à suivre plus de six mois après l'emploi"},
};
// A badge that was signed for a structure: the key is its issuer's, and the document stands elsewhere.
constexpr std::array badge_structure{
    C{"id", code, "Badge", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "emis retire"},
    C{"code", code, "Ce qu'il dit de la structure"},
    C{"badge", texte, "Son identifiant"},
    C{"empreinte", texte, "Son empreinte"},
    C{"emetteur", texte, "Qui l'a signé"},
    C{"debut", date, "Premier jour"},
    C{"fin", date, "Dernier jour"},
    C{"liste", texte, "La liste d'état qui le porte"},
    C{"entree", texte, "Son entrée dans cette liste"},
    C{"motif", code, "Motif"},
};
constexpr std::array habilitation{
    C{"objet", code, "Ce qu'elle permet", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "accordee retiree"},
    C{"fin", date, "Fin"},
};
constexpr std::array fonction_spie{
    C{"code", code, "Fonction", obligatoire},
};
constexpr std::array formation_pro{
    C{"id", code, "Formation", obligatoire},
    C{"module", code, "Module"},
    C{"etape", code, "Étape", obligatoire, false, "prevue suivie abandonnee"},
    C{"heures", entier, "Heures"},
};
constexpr std::array depart{
    C{"motif", code, "Motif"},
    C{"date", date, "Date", obligatoire},
};
// How satisfied somebody is, kept under the structure and the quarter: nobody stands in it (S:1106-1107).
constexpr std::array reponses_satisfaction{
    C{"question", code, "Question", obligatoire},
    C{"valeur", code, "Réponse", obligatoire},
};
constexpr std::array satisfaction{
    C{"id", code, "Réponse au questionnaire", obligatoire},
    C{"trimestre", code, "Trimestre", obligatoire},
    C{"public", code, "Qui répond", obligatoire, false, "personne referent"},
    C{"questionnaire", code, "Questionnaire, et sa version", obligatoire},
    C{"reponses", objet, "Réponses", obligatoire, repete, {}, reponses_satisfaction},
};

// --- instances: who sits, when they meet, who came (S:1412-1432, 1714-1728, 2590-2603) ---

constexpr std::array instance{
    C{"nom", texte, "Nom", obligatoire},
    C{"genre", code, "Genre"},
    C{"territoire", code, "Territoire"},
    C{"reglement", texte, "Règlement intérieur"},
    C{"quorum", entier, "Quorum"},
    C{"ad_hoc", booleen, "Réunie pour une seule situation"},
    C{"label", code, "Label SPIE", false, false, "demande accorde refuse retire"},
};
constexpr std::array siege{
    C{"professionnel", sujet, "Professionnel", obligatoire, false, "professionnel"},
    C{"structure", sujet, "Structure", false, false, "structure"},
    C{"qualite", code, "Qualité", false, false, "animateur titulaire suppleant invite"},
    C{"etape", code, "Étape", obligatoire, false, "commence termine"},
};
constexpr std::array session{
    C{"id", code, "Séance", obligatoire},
    C{"etape", code, "Étape", obligatoire, false, "fixee convoquee tenue annulee"},
    C{"date", date, "Date"},
    C{"lieu", texte, "Lieu"},
};
constexpr std::array presence{
    C{"session", code, "Séance", obligatoire},
    C{"qui", sujet, "Qui", obligatoire},
    C{"qualite", code, "Qualité", false, false, "membre referent personne invite"},
    C{"etat", code, "État", obligatoire, false, "convie present excuse absent"},
};

// --- what the journal itself needs ---

constexpr std::array observation{
    C{"cle", texte, "Clé de l'enregistrement dans la source", obligatoire},
    C{"empreinte", texte, "Empreinte de l'enregistrement"},
    C{"presente", booleen, "Présent dans le fichier", obligatoire},
};
constexpr std::array rattachement{
    C{"cle", texte, "Clé de la personne dans la source", obligatoire},
    C{"regle", code, "Règle", obligatoire},
};
constexpr std::array proposition_doublon{
    C{"autre", sujet, "L'autre dossier", obligatoire, false, "personne"},
    C{"raisons", texte, "Raisons", obligatoire, repete},
};
constexpr std::array fusion{
    C{"absorbe", sujet, "Le dossier absorbé", obligatoire, false, "personne"},
    C{"motif", texte, "Motif"},
};
constexpr std::array affectations{
    C{"evenement", texte, "Événement", obligatoire},
    C{"dossier", sujet, "Dossier", obligatoire, false, "personne"},
};
constexpr std::array defusion{
    C{"fusion", texte, "L'événement de fusion", obligatoire},
    C{"affectations", objet, "Les événements enregistrés depuis", false, repete, {}, affectations},
    C{"motif", texte, "Motif"},
};
constexpr std::array reaffectation{
    C{"affectations", objet, "Les événements et leur dossier", obligatoire, repete, {}, affectations},
    C{"motif", texte, "Motif"},
};
constexpr std::array retrait{
    C{"motif", texte, "Motif"},
};
constexpr std::array import_{
    C{"etape", code, "Étape", obligatoire, false, "ouvert clos"},
    C{"format", code, "Format", obligatoire},
    C{"fichier", texte, "Nom du fichier"},
    C{"document", texte, "SHA-256 du fichier"},
    C{"date_reference", date, "Date de référence"},
    C{"recus", entier, "Enregistrements reçus"},
    C{"lus", entier, "Enregistrements lus"},
    C{"refuses", entier, "Enregistrements refusés"},
};
constexpr std::array effacement{
    C{"jeton", texte, "Jeton du dossier effacé", obligatoire},
    C{"evenements", entier, "Événements effacés", obligatoire},
    C{"motif", texte, "Motif"},
};
constexpr std::array reprise_horloge{
    C{"du", entier, "Premier événement enregistré sous une horloge en avance", obligatoire},
    C{"au", entier, "Le dernier", obligatoire},
    C{"instant", instant, "L'instant juste", obligatoire},
    C{"motif", texte, "Motif"},
};
constexpr std::array journal_acces{
    C{"identite", texte, "Identité du journal des accès", obligatoire},
};
constexpr std::array cases{
    C{"mesure", code, "Mesure", obligatoire},
    C{"trimestre", code, "Trimestre ; * quand il est tu", obligatoire},
    C{"tranche", code, "Tranche d'âge ; * quand elle est tue", obligatoire},
    C{"epci", code, "Intercommunalité ; * quand elle est tue", obligatoire},
    C{"public", code, "Public", obligatoire},
    C{"effectif", entier, "Effectif", obligatoire},
};
constexpr std::array effectifs_figes{
    C{"cases", objet, "Cases", obligatoire, repete, {}, cases},
};

using enum Cardinalite;

constexpr std::array types{
    TypeContenu{"identite", 1, Genre::personne, unique, {}, "Identité", identite, par_plan},
    TypeContenu{"contact", 1, Genre::personne, unique, {}, "Moyens de contact", contact, par_plan},
    TypeContenu{"adresse", 1, Genre::personne, unique, {}, "Adresse", adresse, par_plan},
    TypeContenu{"identifiant", 1, Genre::personne, par_cle, "genre valeur", "Identifiant", identifiant, par_plan},
    TypeContenu{"statut", 1, Genre::personne, par_cle, "code", "Statut", statut, par_plan},
    TypeContenu{"droits_devoirs", 1, Genre::personne, unique, {}, "Droits et devoirs du RSA", droits_devoirs, par_plan},
    TypeContenu{"appartenance", 1, Genre::personne, unique, {}, "Appartenance à un foyer", appartenance},
    TypeContenu{"revenu", 1, Genre::personne, par_cle, "nature mois", "Ressource d'un mois", revenu, par_plan},
    TypeContenu{"activite", 1, Genre::personne, par_cle, "code", "Activité", activite, par_plan},
    TypeContenu{"situation_professionnelle",
                1,
                Genre::personne,
                unique,
                {},
                "Situation professionnelle",
                situation_professionnelle,
                par_plan},
    TypeContenu{"niveau_formation", 1, Genre::personne, unique, {}, "Niveau de formation", niveau_formation, par_plan},
    TypeContenu{"recherche_emploi", 1, Genre::personne, unique, {}, "Recherche d'emploi", recherche_emploi, par_plan},
    TypeContenu{"inscription", 1, Genre::personne, unique, {}, "Inscription à France Travail", inscription, par_plan},
    TypeContenu{"composition", 1, Genre::foyer, unique, {}, "Composition du foyer", composition},
    TypeContenu{"situation_familiale", 1, Genre::foyer, unique, {}, "Situation familiale", situation_familiale},
    TypeContenu{"droit_rsa", 1, Genre::foyer, unique, {}, "Droit au RSA", droit_rsa},
    TypeContenu{"reponse_diagnostic", 1, Genre::personne, par_cle, "question", "Réponse au diagnostic",
                reponse_diagnostic, par_plan},
    TypeContenu{"frein", 1, Genre::personne, par_cle, "code", "Frein", frein, par_plan},
    TypeContenu{"ressource", 1, Genre::personne, par_cle, "code", "Ressource", ressource, par_plan},
    TypeContenu{"objectif", 1, Genre::personne, par_cle, "id", "Objectif", objectif, par_plan},
    TypeContenu{"diagnostic", 1, Genre::personne, etapes, "id", "Diagnostic", diagnostic},
    TypeContenu{"action", 1, Genre::personne, etapes, "id", "Action", action, par_plan},
    TypeContenu{"rendez_vous", 1, Genre::personne, etapes, "id", "Rendez-vous", rendez_vous, par_plan},
    TypeContenu{"referent", 1, Genre::personne, etapes, "role", "Référent", referent},
    TypeContenu{"accompagnement", 1, Genre::personne, unique, {}, "Accompagnement", accompagnement},
    TypeContenu{"etape_parcours", 1, Genre::personne, etapes, "id", "Étape du parcours", etape_parcours, par_plan},
    TypeContenu{"pause", 1, Genre::personne, etapes, "id", "Pause du parcours", pause},
    TypeContenu{"relais", 1, Genre::personne, etapes, "id", "Relais", relais},
    TypeContenu{"immersion", 1, Genre::personne, etapes, "id", "Immersion (PMSMP)", immersion, par_plan},
    TypeContenu{"bilan_immersion", 1, Genre::personne, par_cle, "immersion", "Bilan d'immersion", bilan_immersion,
                par_plan},
    TypeContenu{"saisine", 1, Genre::personne, etapes, "id", "Saisine d'une instance", saisine},
    TypeContenu{"decision_instance", 1, Genre::personne, par_cle, "saisine", "Décision d'une instance",
                decision_instance},
    TypeContenu{"suite_vigilance", 1, Genre::personne, par_cle, "moment", "Suite d'une alerte", suite_vigilance},
    TypeContenu{"sollicitation", 1, Genre::personne, etapes, "id", "Sollicitation", sollicitation},
    TypeContenu{"emploi", 1, Genre::personne, etapes, "id", "Emploi trouvé", emploi, par_plan},
    TypeContenu{"formation", 1, Genre::personne, etapes, "id", "Formation trouvée", formation, par_plan},
    TypeContenu{"entree", 1, Genre::personne, unique, {}, "Entrée dans le parcours", entree, par_plan},
    TypeContenu{"sortie", 1, Genre::personne, unique, {}, "Sortie du parcours", sortie, par_plan},
    TypeContenu{"element_passeport", 1, Genre::personne, etapes, "id", "Élément du passeport", element_passeport},
    TypeContenu{"refus_proposition", 1, Genre::personne, par_cle, "proposition", "Proposition refusée",
                refus_proposition},
    TypeContenu{"partage_passeport", 1, Genre::personne, etapes, "id", "Partage du passeport", partage_passeport},
    TypeContenu{"remise_passeport", 1, Genre::personne, par_cle, "id", "Remise d'un passeport partagé",
                remise_passeport},
    TypeContenu{"badge_delivre", 1, Genre::personne, etapes, "id", "Badge délivré", badge_delivre},
    TypeContenu{"recommandation", 1, Genre::personne, etapes, "id", "Recommandation", recommandation},
    TypeContenu{"consentement", 1, Genre::personne, par_cle, "finalite destinataire", "Consentement", consentement},
    TypeContenu{"partage", 1, Genre::personne, par_cle, "destinataire finalite", "Partage de faits", partage},
    TypeContenu{"membre", 1, Genre::personne, etapes, "professionnel role", "Membre du parcours", membre},
    TypeContenu{"decision_donnees", 1, Genre::personne, etapes, "genre", "Décision sur les données", decision_donnees},
    TypeContenu{"declassement", 1, Genre::personne, par_cle, "evenement champ", "Texte libre déclassé", declassement},
    TypeContenu{"structure", 1, Genre::structure, unique, {}, "Structure", structure},
    TypeContenu{"professionnel", 1, Genre::professionnel, unique, {}, "Professionnel", professionnel},
    TypeContenu{"consortium", 1, Genre::structure, unique, {}, "Place dans le consortium", consortium},
    TypeContenu{"label", 1, Genre::structure, unique, {}, "Label", label},
    TypeContenu{"badge_structure", 1, Genre::structure, etapes, "id", "Badge d'une structure", badge_structure},
    TypeContenu{"habilitation", 1, Genre::professionnel, etapes, "objet", "Habilitation", habilitation},
    TypeContenu{"fonction_spie", 1, Genre::professionnel, unique, {}, "Fonction", fonction_spie},
    TypeContenu{"formation_pro", 1, Genre::professionnel, etapes, "id", "Formation d'un professionnel", formation_pro},
    TypeContenu{"depart", 1, {}, unique, {}, "Départ", depart},
    TypeContenu{"satisfaction", 1, Genre::structure, par_cle, "id", "Réponse de satisfaction", satisfaction},
    TypeContenu{"instance", 1, Genre::instance, unique, {}, "Instance", instance},
    TypeContenu{"siege", 1, Genre::instance, etapes, "professionnel", "Siège", siege},
    TypeContenu{"session", 1, Genre::instance, etapes, "id", "Séance", session},
    TypeContenu{"presence", 1, Genre::instance, par_cle, "session qui", "Présence", presence},
    TypeContenu{"retrait", 1, {}, mecanique, {}, "Retrait d'un événement", retrait},
    TypeContenu{"observation", 1, {}, mecanique, {}, "Vu dans un fichier", observation},
    TypeContenu{"rattachement", 1, {}, mecanique, {}, "Rattachement d'un enregistrement", rattachement},
    TypeContenu{"proposition_doublon", 1, Genre::personne, mecanique, {}, "Doublon possible", proposition_doublon},
    TypeContenu{"fusion", 1, Genre::personne, mecanique, {}, "Fusion de deux dossiers", fusion},
    TypeContenu{"defusion", 1, Genre::personne, mecanique, {}, "Fusion défaite", defusion},
    TypeContenu{"reaffectation", 1, Genre::personne, mecanique, {}, "Événements réaffectés", reaffectation},
    TypeContenu{"import", 1, Genre::import_, mecanique, {}, "Lecture d'un fichier", import_},
    TypeContenu{"effacement", 1, Genre::journal, mecanique, {}, "Effacement d'un dossier", effacement},
    TypeContenu{"reprise_horloge", 1, Genre::journal, mecanique, {}, "Reprise de l'horloge", reprise_horloge},
    TypeContenu{"journal_acces", 1, Genre::journal, mecanique, {}, "Journal des accès de la base", journal_acces},
    TypeContenu{"effectifs_figes", 1, Genre::journal, mecanique, {}, "Effectifs de qui est effacé", effectifs_figes},
};

// Found by name at each event that is read.
constexpr auto by_name = [] {
  std::array<std::uint8_t, types.size()> order{};
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = static_cast<std::uint8_t>(i);
  std::ranges::sort(order, {}, [](std::uint8_t at) { return types[at].nom; });
  return order;
}();

} // namespace

std::span<const TypeContenu> types_contenu() noexcept { return types; }

const TypeContenu *find_type(std::string_view nom) noexcept {
  const auto found = std::ranges::lower_bound(by_name, nom, {}, [](std::uint8_t at) { return types[at].nom; });
  return found == by_name.end() || types[*found].nom != nom ? nullptr : &types[*found];
}

} // namespace spie::dossier
