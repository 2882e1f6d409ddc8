// What each act asks for, and what it may follow: the table that drives the acts, and from which docs/parcours.md draws
// its states.
#include "spie/parcours/acte.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

namespace {

using T = Transition;

constexpr std::array table{
    // --- who leads, and how (S:1314-1360) ---
    T{"referent.nommer", "referent", "- termine", "nomme", "nommer", "Nommer un référent"},
    T{"referent.terminer", "referent", "nomme", "termine", "nommer", "Dire qu'un référent ne l'est plus"},
    T{"membre.ajouter", "membre", "- termine", "commence", "nommer", "Ajouter un membre du parcours"},
    T{"membre.retirer", "membre", "commence", "termine", "nommer", "Dire qu'un membre ne l'est plus"},
    T{"accompagnement.changer", "accompagnement", "", "", "enregistrer", "Dire comment la personne est accompagnée"},
    T{"parcours.entrer", "entree", "", "", "enregistrer", "Faire entrer dans le parcours"},
    T{"parcours.sortir", "sortie", "", "", "enregistrer", "Faire sortir du parcours"},
    T{"etape.ouvrir", "etape_parcours", "- close", "ouverte", "enregistrer", "Ouvrir une étape"},
    T{"etape.clore", "etape_parcours", "ouverte", "close", "enregistrer", "Clore une étape"},
    T{"pause.commencer", "pause", "- reprise", "debut", "enregistrer", "Mettre le parcours en pause"},
    T{"pause.reprendre", "pause", "debut", "reprise", "enregistrer", "Reprendre le parcours"},
    // --- the relay (S:851-857, 1350-1360) ---
    T{"relais.demander", "relais", "-", "demande", "relayer", "Demander un relais"},
    T{"relais.completer", "relais", "demande accepte", "=", "relayer", "Dire ce qu'un relais attendait"},
    T{"relais.accepter", "relais", "demande", "accepte", "relayer", "Accepter un relais"},
    T{"relais.refuser", "relais", "demande accepte", "refuse", "relayer", "Refuser un relais"},
    T{"relais.retirer", "relais", "demande accepte", "retire", "relayer", "Renoncer à un relais"},
    T{"relais.effectuer", "relais", "demande accepte", "effectif", "relayer", "Rendre un relais effectif"},
    // --- actions and objectives (S:790-792, 1391-1394) ---
    T{"action.proposer", "action", "-", "proposee", "enregistrer", "Proposer une action"},
    T{"action.choisir", "action", "- proposee refusee", "choisie", "choisir", "Choisir une action"},
    T{"action.refuser", "action", "proposee choisie", "refusee", "choisir", "Refuser une action"},
    T{"action.prescrire", "action", "- proposee choisie", "prescrite", "enregistrer", "Prescrire une action"},
    T{"action.demarrer", "action", "choisie prescrite", "demarree", "enregistrer", "Dire qu'une action a commencé"},
    T{"action.terminer", "action", "prescrite demarree", "terminee", "enregistrer", "Dire qu'une action est finie"},
    T{"action.abandonner", "action", "choisie prescrite demarree", "abandonnee", "enregistrer",
      "Dire qu'une action est abandonnée"},
    T{"objectif.dire", "objectif", "", "", "choisir", "Dire un objectif"},
    T{"reponse.donner", "reponse_diagnostic", "", "", "repondre", "Répondre à une question"},
    T{"frein.retenir", "frein", "", "", "poser", "Retenir un frein, ou dire qu'il n'est plus là"},
    T{"ressource.retenir", "ressource", "", "", "poser", "Retenir une ressource"},
    T{"diagnostic.poser", "diagnostic", "-", "pose", "poser", "Poser un diagnostic"},
    T{"diagnostic.actualiser", "diagnostic", "pose actualise", "actualise", "poser", "Actualiser un diagnostic"},
    // --- appointments ---
    T{"rendez_vous.fixer", "rendez_vous", "-", "fixe", "enregistrer", "Fixer un rendez-vous"},
    T{"rendez_vous.tenir", "rendez_vous", "fixe", "tenu", "enregistrer", "Dire qu'un rendez-vous a eu lieu"},
    T{"rendez_vous.manquer", "rendez_vous", "fixe", "absent", "enregistrer", "Dire que la personne n'est pas venue"},
    T{"rendez_vous.excuser", "rendez_vous", "fixe absent", "excuse", "enregistrer", "Dire une absence excusée"},
    T{"rendez_vous.annuler", "rendez_vous", "fixe", "annule", "enregistrer", "Annuler un rendez-vous"},
    // --- the return to work, which opens the follow-up (S:1357-1360) ---
    T{"emploi.trouver", "emploi", "- termine", "trouve", "enregistrer", "Dire un emploi trouvé"},
    T{"emploi.terminer", "emploi", "trouve", "termine", "enregistrer", "Dire qu'un emploi est fini"},
    // --- immersions (L5135-1) ---
    T{"immersion.prevoir", "immersion", "-", "prevue", "immerger", "Prévoir une immersion"},
    T{"immersion.signer", "immersion", "prevue", "signee", "immerger", "Dire la convention signée"},
    T{"immersion.commencer", "immersion", "signee", "commencee", "immerger", "Dire que l'immersion a commencé"},
    T{"immersion.terminer", "immersion", "signee commencee", "terminee", "immerger", "Dire que l'immersion est finie"},
    T{"immersion.annuler", "immersion", "prevue signee", "annulee", "immerger", "Annuler une immersion"},
    T{"immersion.bilan", "bilan_immersion", "", "", "immerger", "Faire le bilan d'une immersion"},
    // --- instances (S:1412-1432, 2590-2603) ---
    T{"saisine.deposer", "saisine", "-", "deposee", "saisir", "Saisir une instance"},
    T{"saisine.inscrire", "saisine", "deposee", "inscrite", "saisir", "Inscrire une situation à une séance"},
    T{"saisine.retirer", "saisine", "deposee inscrite", "retiree", "saisir", "Retirer une saisine"},
    T{"instance.decider", "decision_instance", "", "", "animer", "Enregistrer la décision d'une instance"},
    T{"instance.decrire", "instance", "", "", "animer", "Décrire une instance"},
    T{"siege.ouvrir", "siege", "- termine", "commence", "animer", "Donner un siège"},
    T{"siege.fermer", "siege", "commence", "termine", "animer", "Retirer un siège"},
    T{"session.fixer", "session", "-", "fixee", "animer", "Fixer une séance"},
    T{"session.convoquer", "session", "fixee", "convoquee", "animer", "Convoquer à une séance"},
    T{"session.tenir", "session", "fixee convoquee", "tenue", "animer", "Dire qu'une séance a eu lieu"},
    T{"session.annuler", "session", "fixee convoquee", "annulee", "animer", "Annuler une séance"},
    T{"presence.noter", "presence", "", "", "animer", "Noter qui est venu"},
    // --- the network (S:931-1107, 1941-1970) ---
    T{"consortium.placer", "consortium", "", "", "reseau", "Dire le cercle d'une structure"},
    T{"label.changer", "label", "", "", "reseau", "Dire où en est un label"},
    T{"habilitation.accorder", "habilitation", "- retiree", "accordee", "reseau", "Accorder une habilitation"},
    T{"habilitation.retirer", "habilitation", "accordee", "retiree", "reseau", "Retirer une habilitation"},
    T{"fonction.dire", "fonction_spie", "", "", "reseau", "Dire la fonction d'un professionnel"},
    T{"formation.prevoir", "formation_pro", "-", "prevue", "reseau", "Prévoir une formation"},
    T{"formation.suivre", "formation_pro", "- prevue", "suivie", "reseau", "Dire une formation suivie"},
    T{"formation.abandonner", "formation_pro", "prevue", "abandonnee", "reseau", "Dire une formation abandonnée"},
    T{"depart.dire", "depart", "", "", "reseau", "Dire un départ"},
    T{"badge_structure.emettre", "badge_structure", "-", "emis", "labelliser",
      "Noter un badge signé pour une structure"},
    T{"badge_structure.retirer", "badge_structure", "emis", "retire", "labelliser",
      "Dire que le badge d'une structure est retiré"},
    // --- between professionals, and after an alert ---
    T{"sollicitation.demander", "sollicitation", "-", "demandee", "solliciter", "Solliciter un professionnel"},
    T{"sollicitation.repondre", "sollicitation", "demandee", "repondue", "solliciter", "Répondre à une sollicitation"},
    T{"sollicitation.clore", "sollicitation", "demandee repondue", "close", "solliciter", "Clore une sollicitation"},
    T{"partage.noter", "partage", "", "", "partager", "Noter ce qui est transmis, et à qui"},
    T{"vigilance.suivre", "suite_vigilance", "", "", "enregistrer", "Dire ce qui est fait d'une alerte"},
    // --- the passport (S:774-780, 837-841, 1070-1080): a step says who vouches; one that falls says what fell ---
    T{"passeport.ajouter", "element_passeport", "-", "ajoute", "valoriser", "Ajouter un élément au passeport"},
    T{"passeport.confirmer", "element_passeport", "ajoute confirme garanti conteste tombe", "confirme", "attester",
      "Confirmer un élément du passeport"},
    T{"passeport.garantir", "element_passeport", "ajoute confirme garanti conteste tombe", "garanti", "attester",
      "Garantir un élément du passeport"},
    T{"passeport.contester", "element_passeport", "ajoute confirme garanti tombe", "conteste", "attester",
      "Contester un élément du passeport"},
    T{"passeport.defaire", "element_passeport", "confirme garanti conteste tombe", "tombe", "attester",
      "Dire que ce qui fondait une assurance est tombé"},
    T{"passeport.retirer", "element_passeport", "ajoute confirme garanti conteste tombe", "retire", "valoriser",
      "Retirer un élément du passeport"},
    T{"passeport.refuser", "refus_proposition", "", "", "valoriser", "Refuser une proposition du passeport"},
    T{"passeport.partager", "partage_passeport", "-", "ouvert", "montrer", "Partager son passeport"},
    T{"passeport.cesser", "partage_passeport", "ouvert", "cesse", "montrer", "Cesser un partage de son passeport"},
    T{"passeport.remettre", "remise_passeport", "", "", "montrer", "Noter ce qui est sorti d'un partage"},
    T{"passeport.delivrer", "badge_delivre", "-", "delivre", "attester", "Délivrer un badge"},
    T{"passeport.revoquer", "badge_delivre", "delivre", "revoque", "attester", "Dire qu'un badge est révoqué"},
    // --- what others say for her, when she asks (S:1133-1137) ---
    T{"recommandation.demander", "recommandation", "-", "demandee", "recommander", "Demander une recommandation"},
    T{"recommandation.donner", "recommandation", "demandee", "donnee", "recommander", "Donner une recommandation"},
    T{"recommandation.refuser", "recommandation", "demandee", "refusee", "recommander", "Refuser une recommandation"},
    T{"recommandation.retirer", "recommandation", "demandee donnee", "retiree", "recommander",
      "Retirer une recommandation"},
};

} // namespace

std::span<const Transition> transitions() noexcept { return table; }

const Transition *find_transition(std::string_view acte) noexcept {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Transition &one) { return one.acte == acte; });
  return found == table.end() ? nullptr : &*found;
}

} // namespace spie::parcours
