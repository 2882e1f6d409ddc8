#include "insertion/parcours/regles_acte.hpp"

#include "insertion/parcours/conditions_relais.hpp"

#include "insertion/text_of.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

namespace {

std::optional<feel::Date> day_of(const feel::Context &from, std::string_view field) {
  const feel::Value *value = from.find(field);
  if (value != nullptr && value->is(feel::Kind::date))
    return value->date();
  return value != nullptr && value->is(feel::Kind::text) ? feel::Date::parse(value->text()) : std::nullopt;
}

// A first naming and a relay are the two ways in (decisions of the project, docs/parcours.md).
void first_naming(EnCours &act) {
  if (act.avant != nullptr && act.avant->etape == "nomme")
    refuser(Raison::referent_en_place, "/acte", {act.avant->text("professionnel")});
  const std::string role = act.text("role");
  for (const Chose &other : choses(act.dits, "referent"))
    if (other.etape == "nomme" && other.cle != role &&
        (other.cle == "referent_unique" || other.cle == "coordinateur") &&
        (role == "referent_unique" || role == "coordinateur"))
      if (!reglages_relais(act.pack).referent_et_coordinateur)
        refuser(Raison::role_en_place, "/contenu/role", {other.cle});
  if (act.text("professionnel").empty())
    refuser(Raison::nomination_sans_nom, "/contenu/professionnel");
}

void plan_immersion(EnCours &act) {
  const auto from = day_of(act.contenu, "date_debut"), to = day_of(act.contenu, "date_fin");
  if (from && to && *to < *from)
    refuser(Raison::immersion_a_l_envers, "/contenu/date_fin");
}

void begin_immersion(EnCours &act) {
  const auto from = day_of(act.avant->champs, "date_debut");
  if (from && act.acte.effet < *from)
    refuser(Raison::immersion_pas_commencee, "/effet", {*from});
}

void review_immersion(EnCours &act) {
  const auto all = choses(act.dits, "immersion");
  const Chose *of = find(all, act.text("immersion"));
  const bool has_none = of != nullptr && (of->etape == "prevue" || of->etape == "annulee");
  if (of == nullptr || (has_none && !act.regard->voit("immersion", *of)))
    refuser(Raison::immersion_inconnue, "/contenu/immersion", {act.text("immersion")});
  if (has_none)
    refuser(Raison::immersion_sans_issue, "/contenu/immersion", {of->cle, of->etape});
  const auto first = day_of(of->champs, "date_debut"), last = day_of(act.contenu, "dernier_jour");
  if (first && (act.acte.effet < *first || (last && *last < *first)))
    refuser(Raison::bilan_trop_tot, "/effet", {*first});
}

void solicit(EnCours &act) {
  act.contenu.set("de", act.demande.acteur.id);
  if (act.text("a").empty() || act.text("a") == act.demande.acteur.id)
    refuser(Raison::sollicitation_a_soi, "/contenu/a");
}

void answer_solicitation(EnCours &act) {
  if (act.avant->text("a") != act.demande.acteur.id)
    refuser(Raison::autre_sollicite, "/sujet");
}

// What an action is: its code, or its words.
void name_action(EnCours &act) {
  if (act.avant != nullptr)
    return;
  if (act.text("code").empty() && act.text("libelle").empty())
    refuser(Raison::chose_sans_nom, "/contenu/libelle", {"'code' nor 'libelle'", "« code » ni « libelle »"});
}

void name_step(EnCours &act) {
  if (act.avant != nullptr)
    return;
  if (act.text("module").empty() && act.text("libelle").empty())
    refuser(Raison::chose_sans_nom, "/contenu/libelle", {"'module' nor 'libelle'", "« module » ni « libelle »"});
}

struct Ligne {
  std::string_view acte;
  void (*regle)(EnCours &);
};
constexpr std::array regles{
    Ligne{"referent.nommer", &first_naming},
    Ligne{"relais.demander", &regle_relais},
    Ligne{"relais.completer", &regle_relais},
    Ligne{"relais.accepter", &regle_relais},
    Ligne{"relais.refuser", &regle_relais},
    Ligne{"relais.effectuer", &regle_relais},
    Ligne{"reponse.donner", &regle_reponse},
    Ligne{"frein.retenir", &regle_frein},
    Ligne{"diagnostic.poser", &regle_diagnostic},
    Ligne{"diagnostic.actualiser", &regle_diagnostic},
    Ligne{"immersion.prevoir", &plan_immersion},
    Ligne{"immersion.commencer", &begin_immersion},
    Ligne{"immersion.bilan", &review_immersion},
    Ligne{"saisine.deposer", &regle_saisine},
    Ligne{"saisine.inscrire", &regle_saisine},
    Ligne{"instance.decider", &regle_decision},
    Ligne{"session.fixer", &regle_session},
    Ligne{"session.convoquer", &regle_session},
    Ligne{"session.tenir", &regle_session},
    Ligne{"presence.noter", &regle_presence},
    Ligne{"action.proposer", &name_action},
    Ligne{"action.choisir", &name_action},
    Ligne{"action.prescrire", &name_action},
    Ligne{"etape.ouvrir", &name_step},
    Ligne{"sollicitation.demander", &solicit},
    Ligne{"sollicitation.repondre", &answer_solicitation},
    Ligne{"passeport.ajouter", &regle_passeport},
    Ligne{"passeport.confirmer", &regle_passeport},
    Ligne{"passeport.garantir", &regle_passeport},
    Ligne{"passeport.contester", &regle_passeport},
    Ligne{"passeport.defaire", &regle_passeport},
    Ligne{"passeport.partager", &regle_passeport},
    Ligne{"passeport.remettre", &regle_passeport},
    Ligne{"passeport.delivrer", &regle_passeport},
    Ligne{"passeport.revoquer", &regle_passeport},
    Ligne{"recommandation.demander", &regle_passeport},
    Ligne{"recommandation.donner", &regle_passeport},
    Ligne{"recommandation.retirer", &regle_passeport},
    Ligne{"badge_structure.emettre", &regle_badge_structure},
    Ligne{"badge_structure.retirer", &regle_badge_structure},
};

} // namespace

void appliquer_regle(EnCours &en_cours) {
  const auto found = std::find_if(regles.begin(), regles.end(),
                                  [&](const Ligne &one) { return one.acte == en_cours.transition.acte; });
  if (found != regles.end())
    found->regle(en_cours);
}

} // namespace spie::parcours
