#include "insertion/droits/relations.hpp"

#include "insertion/text_of.hpp"

#include <algorithm>
#include <map>

namespace spie::droits {

namespace {

// What a tie is made of.
const dossier::Types &of_ties() {
  static const dossier::Types types{"referent", "membre", "relais", "saisine"};
  return types;
}

} // namespace

feel::Date jour_de(dossier::Instant instant) {
  constexpr std::int64_t day = 86'400'000;
  feel::Date date{instant.ms / day - (instant.ms % day < 0 ? 1 : 0)}; // in UTC, behind Paris
  if (instant > dossier::Instant::end_of_day(date))
    ++date.days;
  return date;
}

Relations::Relations(dossier::Journal &journal, const dossier::Sujet &person, const Demande &demande,
                     const dossier::Regles &regles)
    : demande_(demande), jour_(jour_de(demande.instant)), recueil_(journal, person, {{}, demande.instant}),
      situation_(dossier::situation(journal, person, jour_, {{}, demande.instant}, regles, {{}, {}, &of_ties()})) {
  if (const auto actor = dossier::Sujet::parse(demande.acteur.id); actor && actor->genre == dossier::Genre::personne)
    soi_ = dossier::holder(journal, *actor, {{}, demande.instant}) == situation_.sujet;
  read_ties();
  read_relays();
  read_referrals(journal);
  auto all = dossier::statements(recueil_);
  read_consents(all["consentement"]);
  read_declassified(all["declassement"]);
  decisions_ = etapes_decisions(std::move(all["decision_donnees"]), jour_);
}

void Relations::read_ties() {
  struct Etat {
    Lien lien;
    std::string etape;
    std::optional<feel::Date> fin;
  };
  std::map<std::string, Etat> by_key;
  for (const dossier::Fait &fact : situation_.faits) {
    if ((fact.type != "referent" && fact.type != "membre") || !fact.dire.valeur.is(feel::Kind::text))
      continue;
    Etat &state = by_key[fact.type + "." + fact.cle];
    state.lien.type = fact.type;
    const std::string &value = fact.dire.valeur.text();
    if (fact.champ == "etape") {
      state.etape = value;
      state.fin = fact.dire.effet.fin;
    } else if (fact.champ == "professionnel") {
      state.lien.professionnel = value;
    } else if (fact.champ == "structure") {
      state.lien.structure = value;
    } else if (fact.champ == "instance") {
      state.lien.instance = value;
    }
  }
  for (auto &[key, state] : by_key)
    if (!state.etape.empty() && state.etape != "termine" && !(state.fin && *state.fin <= jour_))
      liens_.push_back(std::move(state.lien));
}

// The last word of the person for each purpose and recipient, by record, whichever source wrote it down and whatever
// day it begins: a withdrawal that is written down later is heard at once. A consent that is not begun yet, or is over,
// is no word; a correction is heard as a withdrawal when it makes one, and renews no consent.
void Relations::read_consents(const std::vector<dossier::Enonce> &said_of_it) {
  std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, const dossier::Enonce *>> last;
  for (const dossier::Enonce &said : said_of_it) {
    const feel::Value *granted = said.contenu().find("accorde");
    const bool given = granted != nullptr && granted->is_true();
    if (given && said.effet.debut > jour_)
      continue;
    const std::int64_t recorded = given ? said.origine->seq : said.actuel->seq;
    auto &held = last[{text_of(said.contenu(), "finalite"), text_of(said.contenu(), "destinataire")}];
    if (held.second == nullptr || held.first < recorded)
      held = {recorded, &said};
  }
  for (const auto &[to, word] : last) {
    const dossier::Enonce *said = word.second;
    const feel::Value *granted = said->contenu().find("accorde");
    Consentement consent{to.first,
                         to.second,
                         granted != nullptr && granted->is_true() && !(said->effet.fin && *said->effet.fin <= jour_),
                         {}};
    if (const feel::Value *objects = said->contenu().find("objets"); objects != nullptr)
      for (const feel::Value &object : objects->list())
        consent.objets.push_back(object.text());
    consentements_.push_back(std::move(consent));
  }
}

namespace {

const dossier::Fait *fact_of(const dossier::Situation &situation, std::string_view type, std::string_view key,
                             std::string_view field) {
  const auto found = std::find_if(situation.faits.begin(), situation.faits.end(), [&](const dossier::Fait &fact) {
    return fact.type == type && fact.cle == key && fact.champ == field;
  });
  return found == situation.faits.end() ? nullptr : &*found;
}

std::string word(const dossier::Fait *fact) {
  return fact != nullptr && fact->dire.valeur.is(feel::Kind::text) ? fact->dire.valeur.text() : std::string();
}

} // namespace

namespace {

// His quality in that instance; empty for who has no seat.
std::string seat(const dossier::Situation &instance, const std::string &actor) {
  if (word(fact_of(instance, "siege", actor, "etape")) != "commence")
    return {};
  const std::string quality = word(fact_of(instance, "siege", actor, "qualite"));
  return quality.empty() ? "titulaire" : quality;
}

} // namespace

bool organises(dossier::Journal &journal, const dossier::Sujet &instance, const Demande &demande) {
  if (journal.about(instance).empty())
    return false;
  const auto situation = dossier::situation(journal, instance, jour_de(demande.instant), {{}, demande.instant});
  return seat(situation, demande.acteur.id) == "animateur";
}

void Relations::read_relays() {
  for (const dossier::Fait &fact : situation_.faits)
    if (fact.type == "relais" && fact.champ == "etape")
      relais_[fact.cle] = {word(&fact), word(fact_of(situation_, "relais", fact.cle, "de")),
                           word(fact_of(situation_, "relais", fact.cle, "vers")), fact.dire.effet.debut};
}

void Relations::read_referrals(dossier::Journal &journal) {
  const std::string &actor = demande_.acteur.id;
  for (const dossier::Fait &fact : situation_.faits) {
    if (fact.type != "saisine" || fact.champ != "etape" || word(&fact) == "retiree")
      continue;
    const auto of = [&](const char *field) { return fact_of(situation_, "saisine", fact.cle, field); };
    const auto instance = dossier::Sujet::parse(word(of("instance")));
    if (!instance || journal.about(*instance).empty())
      continue;
    const auto held = dossier::situation(journal, *instance, jour_, {{}, demande_.instant});
    Saisine one{fact.dire.effet.debut, instance->to_string(), word(&fact) == "etudiee",
                seat(held, actor) == "animateur"};
    const std::string session = word(of("session"));
    if (const dossier::Fait *day = fact_of(held, "session", session, "date");
        day != nullptr && day->dire.valeur.is(feel::Kind::date) && word(&fact) != "deposee" &&
        word(fact_of(held, "session", session, "etape")) != "annulee") {
      one.seance = day->dire.valeur.date();
      const std::string then = seat(dossier::situation(journal, *instance, *one.seance, {{}, demande_.instant}), actor);
      one.siege = !then.empty() && then != "invite";
    }
    if (const dossier::Fait *named = of("membres"); named != nullptr && named->dire.valeur.is(feel::Kind::list))
      for (const feel::Value &member : named->dire.valeur.list())
        one.nomme = one.nomme || (member.is(feel::Kind::text) && member.text() == actor);
    saisines_.emplace(fact.cle, std::move(one));
  }
}

bool Relations::still(const Role &role, feel::Date since) const {
  const auto end = role.duree_mois ? since.plus_months(*role.duree_mois) : std::nullopt;
  return end && jour_ < *end;
}

bool Relations::ties(const Role &role, const Relais &relay) const {
  if (role.relation == Relation::pressenti)
    return relay.vers == demande_.acteur.id && (relay.etape == "demande" || relay.etape == "accepte");
  return relay.de == demande_.acteur.id && relay.etape == "effectif" && still(role, relay.depuis);
}

// A sitting member is convened for each case of the session; a référent for his own people, and a member for those
// whose referral names him (S:1422-1426).
bool Relations::ties(const Role &role, const Saisine &referral) const {
  if (role.relation == Relation::animateur)
    return referral.organise && (!referral.etudiee || still(role, referral.depuis));
  if (role.relation != Relation::instance)
    return true;
  const auto mine = [&](std::string_view type) {
    return std::any_of(liens_.begin(), liens_.end(), [&](const Lien &tie) {
      return tie.type == type && tie.professionnel == demande_.acteur.id &&
             (tie.instance.empty() || tie.instance == referral.instance);
    });
  };
  if (std::any_of(liens_.begin(), liens_.end(), [&](const Lien &tie) {
        return tie.type == "membre" && tie.professionnel == demande_.acteur.id && tie.instance == referral.instance;
      }))
    return true;
  const bool around = referral.seance && role.jours_avant && role.jours_apres &&
                      referral.seance->days - *role.jours_avant <= jour_.days &&
                      jour_.days <= referral.seance->days + *role.jours_apres;
  return around && (referral.siege || mine("referent") || (referral.nomme && mine("membre")));
}

bool Relations::convened(const Role &role) const {
  return std::any_of(saisines_.begin(), saisines_.end(), [&](const auto &one) { return ties(role, one.second); });
}

bool Relations::tied_to(const Role &role, std::string_view type, std::string_view cle) const {
  if (role.relation == Relation::instance && (type == "saisine" || type == "decision_instance") && !cle.empty()) {
    if (cle.front() == '\x01') // what he recorded himself under a number (Masque::own_key)
      cle.remove_prefix(1);
    const auto found = saisines_.find(cle);
    return found != saisines_.end() && ties(role, found->second);
  }
  if ((role.relation != Relation::pressenti && role.relation != Relation::sortant) || type != "relais" || cle.empty())
    return true;
  const auto found = relais_.find(cle);
  return found != relais_.end() && ties(role, found->second);
}

bool Relations::holds(const Role &role) const {
  const Acteur &actor = demande_.acteur;
  const auto any = [&](auto &&test) { return std::any_of(liens_.begin(), liens_.end(), test); };
  switch (role.relation) {
  case Relation::aucune:
    return true;
  case Relation::soi:
    return soi_;
  case Relation::referent:
    return any([&](const Lien &tie) { return tie.type == "referent" && tie.professionnel == actor.id; });
  case Relation::membre:
    return any(
        [&](const Lien &tie) { return tie.type == "membre" && tie.instance.empty() && tie.professionnel == actor.id; });
  case Relation::instance:
    return any([&](const Lien &tie) {
             return tie.type == "membre" && !tie.instance.empty() && tie.professionnel == actor.id;
           }) ||
           convened(role);
  case Relation::structure:
    return !actor.structure.empty() && any([&](const Lien &tie) { return tie.structure == actor.structure; });
  case Relation::pressenti:
  case Relation::sortant:
    return std::any_of(relais_.begin(), relais_.end(), [&](const auto &one) { return ties(role, one.second); });
  case Relation::animateur:
    return convened(role);
  }
  return false;
}

bool Relations::consents(std::string_view role, const std::vector<std::string> &objets) const {
  for (const std::string_view recipient : {std::string_view(demande_.acteur.structure), role}) {
    const auto found = std::find_if(consentements_.begin(), consentements_.end(), [&](const Consentement &consent) {
      return !recipient.empty() && consent.finalite == demande_.finalite && consent.destinataire == recipient;
    });
    if (found == consentements_.end())
      continue;
    const auto &given = found->objets;
    return found->accorde &&
           (given.empty() || std::any_of(objets.begin(), objets.end(), [&](const std::string &object) {
              return std::find(given.begin(), given.end(), object) != given.end();
            }));
  }
  return false;
}

// A text is declassified where it stands: the correction that changes it, or the next thing said, is another event.
void Relations::read_declassified(const std::vector<dossier::Enonce> &said_of_it) {
  for (const dossier::Enonce &said : said_of_it)
    if (said.effet.debut <= jour_ && !(said.effet.fin && *said.effet.fin <= jour_))
      declasses_.emplace(text_of(said.contenu(), "evenement"), text_of(said.contenu(), "champ"));
}

bool Relations::declasse(std::string_view evenement, std::string_view champ) const {
  return !evenement.empty() && declasses_.contains({std::string(evenement), std::string(champ)});
}

} // namespace spie::droits
