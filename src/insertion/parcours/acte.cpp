#include "spie/parcours/acte.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/dossier/contenu_permis.hpp"
#include "insertion/dossier/inconnu.hpp"
#include "insertion/droits/relations.hpp"
#include "insertion/parcours/regles_acte.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/dmn/values.hpp"
#include "spie/dossier/values.hpp"
#include "spie/nir.hpp"
#include "spie/suggestion.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

namespace {

constexpr std::string_view unmoved = "=";

std::vector<std::string> act_names() {
  std::vector<std::string> names;
  for (const Transition &one : transitions())
    names.emplace_back(one.acte);
  return names;
}

const Transition &transition_of(const DemandeActe &act) {
  const Transition *found = find_transition(act.acte);
  if (found == nullptr)
    throw Error({Code::path_request,
                 Level::error,
                 unknown("act", act.acte, act_names()),
                 "/acte",
                 {},
                 act.acte,
                 nearest_or_all(act.acte, act_names())});
  return *found;
}

using dossier::words;

std::string joined(const std::vector<std::string_view> &list) {
  std::string text;
  for (const std::string_view word : list)
    text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

bool among(std::string_view list, std::string_view word) {
  const auto all = words(list);
  return std::find(all.begin(), all.end(), word) != all.end();
}

// The thing that an act goes on with: that which the demand names, or the only one at a step that the act may follow.
// Among those that he does not see, none is chosen for him.
const Chose *thing_before(const std::vector<Chose> &things, const Transition &transition,
                          const dossier::TypeContenu &type, const DemandeActe &act, const Regard &sight) {
  const auto fields = words(type.cle);
  if (std::all_of(fields.begin(), fields.end(),
                  [&](std::string_view field) { return act.contenu.find(field) != nullptr; }))
    return find(things, dossier::key_of(type, act.contenu));
  const Chose *only = nullptr;
  for (const Chose &one : things)
    if (among(transition.depuis, one.etape) && sight.voit(type.nom, one)) {
      if (only != nullptr)
        refuser(Raison::plusieurs_choses, "/contenu/" + std::string(type.cle), {}, joined({only->cle, one.cle}));
      only = &one;
    }
  return only;
}

void check_step(const Transition &transition, const Chose *before, const DemandeActe &act, const Regard &sight) {
  const bool follows = before != nullptr && among(transition.depuis, before->etape);
  // Of a thing that he does not see, no more is told than of one that is not there.
  const bool hidden =
      before != nullptr && (!follows || act.effet < before->depuis) && !sight.voit(transition.type, *before);
  if (hidden || (before == nullptr && !among(transition.depuis, "-")))
    refuser(Raison::rien_a_suivre, "/contenu",
            {act.acte, std::string(transition.type), joined(words(transition.depuis))});
  if (before == nullptr)
    return;
  if (!follows)
    refuser(Raison::autre_etape, "/acte", {act.acte, before->etape, before->cle, joined(words(transition.depuis))});
  if (act.effet < before->depuis)
    refuser(Raison::avant_l_etape, "/effet", {act.effet, before->depuis});
}

dossier::Evenement event_of(const DemandeActe &act, const droits::Demande &demand, std::string_view type,
                            feel::Context content) {
  dossier::Evenement event;
  event.sujets = {act.sujet};
  event.type = type;
  event.version = dossier::find_type(type)->version;
  event.effet.debut = act.effet;
  event.auteur = demand.acteur.id;
  event.source.nom = among("diagnostic frein ressource objectif", type) ? "diagnostic" : "saisie";
  event.contenu = std::move(content);
  return event;
}

// Who answers what he read is told when it moved since: of the type that the act writes alone, so that nothing else is
// known from it.
void check_unmoved(dossier::Journal &journal, const DemandeActe &act, std::string_view type) {
  if (!act.lu)
    return;
  for (const dossier::Evenement &event : journal.about(act.sujet))
    if (event.type == type && event.enregistre > *act.lu)
      throw Error({Code::dossier_conflict, Level::error,
                   "the dossier moved since it was read: a '" + std::string(type) + "' was recorded at " +
                       event.enregistre.to_string(),
                   "/lu", "Read it again, and decide anew."});
}

// Where the pack keeps the codes of a field that no source fills.
struct ListeDuPack {
  std::string_view champ, donnee, membre;
};
constexpr std::array listes_du_pack{
    ListeDuPack{"action.code", "actions_types", "valeurs"},   ListeDuPack{"consortium.cercle", "reseau", "cercles"},
    ListeDuPack{"label.criteres", "reseau", "criteres"},      ListeDuPack{"fonction_spie.code", "reseau", "fonctions"},
    ListeDuPack{"formation_pro.module", "reseau", "modules"},
};

// The codes that an act may write in a field; nullopt for a field without a list, which is a free text.
std::optional<std::vector<std::string>> codes_of(const Pack &pack, const droits::Codes *of_rights,
                                                 std::string_view field) {
  std::vector<std::string> codes;
  if (of_rights != nullptr) {
    codes.assign(of_rights->codes.begin(), of_rights->codes.end());
    codes.insert(codes.end(), of_rights->formes.begin(), of_rights->formes.end());
  }
  const auto listed = std::ranges::find(listes_du_pack, field, &ListeDuPack::champ);
  if (listed != listes_du_pack.end()) {
    const feel::Value *data = pack.data(listed->donnee);
    if (data == nullptr)
      return std::nullopt;
    for (const json::Reader &one : json::Reader(*data, {}, {Code::pack_json}).items(listed->membre))
      codes.push_back(one.text("code"));
  }
  return codes.empty() ? std::nullopt : std::optional(std::move(codes));
}

// A code of an act is one of its list: a slip would stand in the dossier as a word that no rule reads.
void check_codes(const droits::Droits &rights, const Pack &pack, const dossier::TypeContenu &type,
                 const feel::Context &content) {
  std::vector<Diagnostic> faults;
  for (const dossier::Champ &field : type.champs) {
    const feel::Value *given = content.find(field.nom);
    const std::string name = std::string(type.nom) + "." + std::string(field.nom);
    if (given == nullptr || field.nature != dossier::Nature::code || !field.valeurs.empty() ||
        rights.numeros.contains(name))
      continue;
    const auto list = rights.codes.find(name);
    const droits::Codes *of_rights = list == rights.codes.end() ? nullptr : &list->second;
    const auto known = codes_of(pack, of_rights, name);
    const auto check = [&](const feel::Value &one, const std::string &place) {
      if (!one.is(feel::Kind::text) || (of_rights != nullptr && of_rights->has(one.text())) ||
          std::ranges::find(*known, one.text()) != known->end())
        return;
      faults.push_back({Code::path_request, Level::error, unknown("code of '" + name + "'", one.text(), *known), place,
                        "Give a code of its list.", one.text(), nearest_or_all(one.text(), *known)});
    };
    if (!known)
      continue;
    const std::string place = "/contenu/" + std::string(field.nom);
    if (!given->is(feel::Kind::list))
      check(*given, place);
    else
      for (std::size_t i = 0; i < given->list().size(); ++i)
        check(given->list()[i], place + "/" + std::to_string(i));
  }
  if (!faults.empty())
    throw Error(std::move(faults));
}

// The events of an act in the first dossier that holds some; his own alone when the same number is of several.
std::vector<dossier::Evenement> events_of(dossier::Journal &journal, std::string_view number,
                                          const std::string &author) {
  std::vector<dossier::Evenement> of_anybody;
  for (const dossier::Sujet &holder : journal.lookup("acte", number)) {
    std::vector<dossier::Evenement> all, own;
    for (const dossier::Evenement &event : journal.about(holder))
      if (event.acte == number) {
        all.push_back(event);
        if (event.auteur == author)
          own.push_back(event);
      }
    if (!own.empty())
      return own;
    if (of_anybody.empty())
      of_anybody = std::move(all);
  }
  return of_anybody;
}

// A number is its author's: what others did under it, in dossiers that he may not see, is not told.
void check_new(dossier::Journal &journal, const std::string &number, const std::string &author) {
  if (number.empty())
    return;
  if (const auto done = events_of(journal, number, author); !done.empty() && done.front().auteur == author)
    throw Error({Code::dossier_duplicate, Level::error, "an act has the number '" + number + "' already", "/numero",
                 "It was done: do it no more, or give another number."});
}

droits::Cible target_of(const DemandeActe &act, const droits::Demande &demand, const Transition &transition) {
  droits::Cible target{act.sujet, std::string(transition.type)};
  target.auteur = demand.acteur.id;
  // What completes a thing leaves it at its step: it is for those who may begin it.
  const dossier::Champ *steps = dossier::find_champ(*dossier::find_type(transition.type), "etape");
  target.etape = transition.vers == unmoved ? std::string(words(steps->valeurs).front()) : std::string(transition.vers);
  return target;
}

void check_form(const DemandeActe &acte, const Transition &transition) {
  const dossier::TypeContenu &type = *dossier::find_type(transition.type);
  if (acte.contenu.find("etape") != nullptr && !transition.vers.empty())
    throw Error({Code::path_request, Level::error, "the act says its step", "/contenu/etape", "Leave it out."});
  if (type.genre ? acte.sujet.genre != *type.genre : acte.sujet.genre == dossier::Genre::personne)
    throw Error({Code::path_request, Level::error, "'" + acte.acte + "' is no act on '" + acte.sujet.to_string() + "'",
                 "/sujet",
                 type.genre ? "Name a subject of the genre '" + std::string(dossier::text(*type.genre)) + "'."
                            : "Name a structure or a professional."});
}

// The content is checked as that of any event, with places in the demand.
feel::Context checked(const dossier::TypeContenu &type, const feel::Context &content) {
  std::vector<Diagnostic> faults;
  feel::Context read = dossier::read_contenu(type, content, faults);
  if (!faults.empty())
    throw Error(std::move(faults));
  return read;
}

} // namespace

Regard::Regard(dossier::Journal &journal, const droits::Guichet &guichet, const droits::Demande &demande,
               std::string_view role, const dossier::Sujet &sujet)
    : journal_(journal), guichet_(guichet), demande_(demande), sujet_(sujet) {
  demande_.role = role;
}

bool Regard::voit(std::string_view type, const Chose &chose) const {
  if (sujet_.genre != dossier::Genre::personne)
    return true;
  if (!masque_)
    masque_.emplace(journal_, sujet_, demande_, guichet_.droits(), guichet_.regles());
  return !masque_->role().empty() &&
         masque_->judge({false, dossier::find_type(type), chose.cle, "etape"}).traitement == droits::Traitement::clair;
}

std::string EnCours::text(std::string_view champ) const {
  const std::string given = text_of(contenu, champ);
  return given.empty() && avant != nullptr && contenu.find(champ) == nullptr ? avant->text(champ) : given;
}

dossier::Evenement EnCours::suite(std::string_view type, feel::Context content) const {
  return event_of(acte, demande, type, std::move(content));
}

DemandeActe read_demande_acte(const feel::Value &value) {
  const json::Reader from(value, "", {Code::path_request});
  for (const auto &[key, unused] : from.value().is(feel::Kind::context) ? from.value().context() : feel::Context())
    if (!among("acte sujet effet contenu lu numero", key))
      from.refuse(unknown("key", key, {"acte", "sujet", "effet", "contenu", "lu", "numero"}), "/" + key);
  DemandeActe act;
  act.acte = from.text("acte");
  const auto subject = dossier::Sujet::parse(from.text("sujet"));
  if (!subject)
    from.refuse("this names no subject", "/sujet");
  act.sujet = *subject;
  const feel::Value *day = from.value().context().find("effet");
  const auto read = day != nullptr && day->is(feel::Kind::text)   ? feel::Date::parse(day->text())
                    : day != nullptr && day->is(feel::Kind::date) ? std::optional(day->date())
                                                                  : std::nullopt;
  if (!read)
    from.refuse("a date is expected", "/effet");
  act.effet = *read;
  if (const feel::Value *content = from.value().context().find("contenu"); content != nullptr) {
    if (!content->is(feel::Kind::context))
      from.refuse("an object is expected", "/contenu");
    act.contenu = content->context();
  }
  if (const std::string seen = from.text_if_any("lu"); !seen.empty()) {
    act.lu = dossier::Instant::parse(seen);
    if (!act.lu)
      from.refuse("an instant with its zone is expected", "/lu");
  }
  constexpr std::size_t longest = 100;
  act.numero = from.text_if_any("numero");
  if (act.numero.size() > longest || holds_nir(act.numero))
    from.refuse("a number of at most 100 bytes, which holds no NIR, is expected", "/numero");
  return act;
}

// A day that no act can be of is a slip of the hand.
void check_day(const DemandeActe &act, const droits::Demande &demand) {
  constexpr std::int64_t years = 10;
  const feel::Date today = droits::jour_de(demand.instant);
  const auto last = today.plus_months(12 * years);
  if (act.effet < *feel::Date::parse("1900-01-01") || (last && *last < act.effet))
    throw Error({Code::path_request, Level::error,
                 "the act is of " + act.effet.to_string() + ", before 1900 or ten years ahead", "/effet",
                 "Give the day that it is of."});
}

// The act is recorded: what the law says of it is told beside, and holds nothing up.
void Bureau::warn_of_law(ActeFait &done, const droits::Demande &demande, const DemandeActe &acte) {
  try {
    for (Diagnostic &warning : avertir_immersion(journal_, guichet_, pack_, demande, acte.sujet,
                                                 text_of(done.evenements.front().contenu, "id"), acte.effet))
      done.avertissements.push_back(std::move(warning));
  } catch (const Error &error) {
    done.avertissements.push_back(error.first());
    done.avertissements.back().level = Level::warning;
  }
}

ActeFait Bureau::agir(const droits::Demande &demande, const DemandeActe &acte) {
  return std::move(agir(demande, std::span(&acte, 1)).front());
}

std::vector<ActeFait> Bureau::agir(const droits::Demande &demande, std::span<const DemandeActe> actes) {
  std::vector<std::string> roles;
  for (const DemandeActe &acte : actes) {
    const Transition &transition = transition_of(acte);
    check_form(acte, transition);
    roles.push_back(guichet_.autoriser(demande, transition.droit, {target_of(acte, demande, transition)}));
  }
  dossier::Lot batch(journal_);
  std::vector<ActeFait> done;
  for (std::size_t i = 0; i < actes.size(); ++i)
    done.push_back(faire(demande, actes[i], roles[i]));
  batch.commit();
  return done;
}

void Bureau::essayer(const droits::Demande &demande, const DemandeActe &acte) {
  const Transition &transition = transition_of(acte);
  check_form(acte, transition);
  const std::string role = guichet_.autoriser(demande, transition.droit, {target_of(acte, demande, transition)});
  const dossier::Lot given_up(journal_);
  faire(demande, acte, role);
}

ActeFait Bureau::faire(const droits::Demande &demande, const DemandeActe &acte, std::string_view role) {
  const Transition &transition = transition_of(acte);
  const dossier::TypeContenu &type = *dossier::find_type(transition.type);
  check_day(acte, demande);
  DemandeActe held = acte;
  if (acte.sujet.genre == dossier::Genre::personne)
    held.sujet = dossier::holder(journal_, acte.sujet);
  check_new(journal_, held.numero, demande.acteur.id);
  check_unmoved(journal_, held, transition.type);
  const dossier::Recueil gathered(journal_, held.sujet, {});
  const dossier::Enonces said = dossier::statements(gathered);
  const std::vector<Chose> things = choses(said, transition.type);
  const Regard sight(journal_, guichet_, demande, role, held.sujet);
  feel::Context content = held.contenu;
  const Chose *before = nullptr;
  if (type.cardinalite == dossier::Cardinalite::etapes) {
    before = thing_before(things, transition, type, held, sight);
    check_step(transition, before, held, sight);
    if (type.cle == "id" && content.find("id") == nullptr)
      content.set("id", before != nullptr ? before->cle : journal_.draw_id());
    else if (before != nullptr)
      for (const auto &[field, value] : before->champs)
        if (among(type.cle, field) && content.find(field) == nullptr)
          content.set(field, value);
  }
  EnCours under_way{journal_, pack_, demande, role, held, transition, said, before, content};
  under_way.guichet = &guichet_;
  under_way.regard = &sight;
  appliquer_regle(under_way);
  check_codes(guichet_.droits(), pack_, type, held.contenu);
  if (transition.vers == unmoved) { // the first step begins anew: all is said again
    feel::Context whole = before->champs;
    for (const auto &[field, value] : content)
      whole.set(field, value);
    content = std::move(whole);
  } else if (!transition.vers.empty()) {
    content.set("etape", transition.vers);
  }
  std::vector<dossier::Evenement> events{event_of(held, demande, transition.type, checked(type, content))};
  for (dossier::Evenement &event : under_way.suites)
    events.push_back(std::move(event));
  ActeFait done{held.numero.empty() ? journal_.draw_id() : held.numero, {}, std::move(under_way.avertissements)};
  for (dossier::Evenement &event : events)
    event.acte = done.acte;
  journal_.append(events, demande.instant);
  done.evenements = std::move(events);
  if (transition.vers == unmoved) { // what it repeats of earlier steps is for who sees them
    feel::Context own;
    for (const auto &[field, value] : done.evenements.front().contenu)
      if (among(type.cle, field) || field == "etape" || acte.contenu.find(field) != nullptr)
        own.set(field, value);
    done.evenements.front().contenu = std::move(own);
  }
  if (among("immersion.prevoir immersion.signer", transition.acte))
    warn_of_law(done, demande, held);
  return done;
}

namespace {

// Whether a later event rests on an event of the act: it goes on with the same thing, names it, or stands on it.
bool rests_on(const dossier::Evenement &later, const dossier::Evenement &of_act) {
  const dossier::TypeContenu &type = *dossier::find_type(of_act.type);
  const std::string key = dossier::key_of(type, of_act.contenu);
  if (later.corrige == of_act.id)
    return true;
  const dossier::TypeContenu *own = dossier::find_type(later.type);
  if (type.cardinalite == dossier::Cardinalite::etapes && later.type == of_act.type &&
      dossier::key_of(*own, later.contenu) == key)
    return true;
  for (const auto &[field, value] : later.contenu) {
    const auto names = [&](const feel::Value &one) {
      return one.is(feel::Kind::text) && (one.text() == of_act.id || (type.cle == "id" && one.text() == key));
    };
    if (names(value) || (value.is(feel::Kind::list) && std::any_of(value.list().begin(), value.list().end(), names)))
      return later.type != of_act.type || field != "id";
  }
  return false;
}

// One answer for a number that nobody gave and for an act of somebody else that the actor may not undo.
[[noreturn]] void refuse_act(std::string_view number) {
  throw Error({Code::dossier_unknown, Level::error, "there is no act '" + std::string(number) + "' that you may undo",
               "/acte", "Check the number, or ask who did it.", std::string(number)});
}

[[noreturn]] void refuse_undoing(const dossier::Evenement &later, const Regard &sight) {
  const dossier::TypeContenu &type = *dossier::find_type(later.type);
  if (!sight.voit(later.type, {dossier::key_of(type, later.contenu), {}, {}, {}}))
    refuser(Raison::acte_appuye_masque, "/acte");
  refuser(Raison::acte_appuye, "/acte", {later.acte.empty() ? later.id : later.acte, later.effet.debut});
}

} // namespace

ActeFait Bureau::annuler(const droits::Demande &demande, std::string_view acte) {
  const std::vector<dossier::Evenement> done = events_of(journal_, acte, demande.acteur.id);
  if (done.empty())
    refuse_act(acte);
  const dossier::Sujet sujet = done.front().sujets.front();
  std::vector<dossier::Evenement> later;
  for (const dossier::Evenement &event : journal_.about(sujet))
    if (std::ranges::find(done, event.id, &dossier::Evenement::id) == done.end())
      later.push_back(event);
  const bool own = !done.empty() && std::all_of(done.begin(), done.end(), [&](const dossier::Evenement &event) {
    return event.auteur == demande.acteur.id;
  });
  // Its own right is that of its first event; the others follow from it.
  std::string right = "corriger";
  std::vector<droits::Cible> targets{{sujet, {}}};
  if (!done.empty()) {
    const std::string step = text_of(done.front().contenu, "etape");
    for (const Transition &one : transitions())
      if (own && one.type == done.front().type && (one.vers.empty() || one.vers == step))
        right = one.droit;
    droits::Cible target{sujet, done.front().type};
    target.etape = step;
    if (!own)
      target.corrige = done.front().id;
    targets = {target};
  }
  std::string role;
  try {
    role = guichet_.autoriser(demande, right, targets);
  } catch (const Error &refused) {
    if (!own && refused.first().code == Code::rights_refused)
      refuse_act(acte);
    throw;
  }

  dossier::Lot batch(journal_);
  const Regard sight(journal_, guichet_, demande, role, sujet);
  for (const dossier::Evenement &event : done)
    if (event.type == "retrait")
      refuser(Raison::retrait_annule, "/acte");
  std::vector<dossier::Evenement> events;
  std::vector<std::string> gone;
  for (const dossier::Evenement &event : later)
    if (event.type == "retrait")
      gone.push_back(event.corrige);
  for (const dossier::Evenement &event : done) {
    if (std::find(gone.begin(), gone.end(), event.id) != gone.end())
      refuser(Raison::deja_annule, "/acte");
    for (const dossier::Evenement &other : later)
      if (other.seq > event.seq && other.type != "retrait" &&
          std::find(gone.begin(), gone.end(), other.id) == gone.end() && rests_on(other, event))
        refuse_undoing(other, sight);
    dossier::Evenement retraction;
    retraction.sujets = event.sujets;
    retraction.type = "retrait";
    retraction.effet = event.effet;
    retraction.auteur = demande.acteur.id;
    retraction.source.nom = "saisie";
    retraction.corrige = event.id;
    events.push_back(std::move(retraction));
  }
  ActeFait undone{journal_.draw_id(), {}, {}};
  for (dossier::Evenement &event : events)
    event.acte = undone.acte;
  journal_.append(events, demande.instant);
  batch.commit();
  undone.evenements = std::move(events);
  return undone;
}

feel::Value to_value(std::span<const Transition> transitions) {
  feel::List list;
  for (const Transition &one : transitions) {
    feel::List from;
    for (const std::string_view step : words(one.depuis))
      from.emplace_back(step == "-" ? feel::Value() : feel::Value(step)); // null: it is not there yet
    list.push_back(feel::Context{{"acte", one.acte},
                                 {"type", one.type},
                                 {"depuis", std::move(from)},
                                 {"vers", one.vers.empty() ? feel::Value() : feel::Value(one.vers)},
                                 {"droit", one.droit},
                                 {"titre", one.titre}});
  }
  return list;
}

feel::Value to_value(const ActeFait &fait) {
  feel::List events, warnings;
  for (const dossier::Evenement &event : fait.evenements)
    events.push_back(dossier::to_value(event));
  for (const Diagnostic &one : fait.avertissements)
    warnings.push_back(to_value(one));
  return feel::Context{{"acte", fait.acte}, {"evenements", std::move(events)}, {"avertissements", std::move(warnings)}};
}

} // namespace spie::parcours
