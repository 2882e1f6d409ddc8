// What an act of an instance must hold, and what it brings with it (S:1412-1432, S:2590-2603).
#include "insertion/parcours/instances.hpp"
#include "insertion/parcours/regles_acte.hpp"

#include "insertion/dossier/inconnu.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"

#include <algorithm>

namespace spie::parcours {

namespace {

dossier::Connaissance known(const EnCours &act) { return {{}, act.demande.instant}; }

std::optional<feel::Date> day_given(const feel::Context &from, std::string_view field) {
  const feel::Value *value = from.find(field);
  if (value != nullptr && value->is(feel::Kind::date))
    return value->date();
  return value != nullptr && value->is(feel::Kind::text) ? feel::Date::parse(value->text()) : std::nullopt;
}

// The session that a content names must be one of the instance, at one of these steps.
const Chose &session_in(const Instance &instance, const std::string &session) {
  const Chose *found = instance.seance(session);
  if (found == nullptr)
    refuser(Raison::seance_inconnue, "/contenu/session", {session});
  return *found;
}

void check_members(const EnCours &act) {
  const feel::Value *named = act.contenu.find("membres");
  if (named == nullptr)
    return;
  const auto members = choses(act.dits, "membre");
  const auto in_force = [&](const std::string &who) {
    return std::any_of(members.begin(), members.end(), [&](const Chose &one) {
      return one.etape == "commence" && one.text("professionnel") == who && act.regard->voit("membre", one);
    });
  };
  for (const feel::Value &one : named->is(feel::Kind::list) ? named->list() : feel::List{*named})
    if (one.is(feel::Kind::text) && !in_force(one.text()))
      refuser(Raison::pas_un_membre, "/contenu/membres", {one.text()});
}

} // namespace

void regle_saisine(EnCours &act) {
  check_members(act);
  const bool enters = act.transition.acte == "saisine.inscrire";
  const std::string session = act.text("session");
  if (enters && session.empty())
    refuser(Raison::saisine_sans_seance, "/contenu/session");
  const auto subject = dossier::Sujet::parse(act.text("instance"));
  if (!subject) {
    if (!session.empty())
      refuser(Raison::saisine_sans_instance, "/contenu/instance");
    return; // it waits for one
  }
  if (act.journal.about(*subject).empty())
    dossier::refuse_unknown(*subject);
  if (session.empty())
    return;
  const Instance instance(act.journal, *subject, known(act));
  const Chose &held = session_in(instance, session);
  if (held.etape != "fixee" && held.etape != "convoquee")
    refuser(Raison::seance_passee, "/contenu/session", {session, held.etape});
}

namespace {

const droits::Role *role_of(const EnCours &act) { return act.guichet->droits().role(act.role); }

// Who organises an instance decides of its referrals alone, and learns of no other.
bool his(const EnCours &act, const Chose &referral) {
  const droits::Role *role = role_of(act);
  if (role == nullptr || role->relation != droits::Relation::animateur)
    return true;
  const auto instance = dossier::Sujet::parse(referral.text("instance"));
  return instance && droits::organises(act.journal, *instance, act.demande);
}

bool pending(const Chose &referral) { return referral.etape == "deposee" || referral.etape == "inscrite"; }

// The one that is named; else the only one that waits for a decision of his.
const Chose &referral_of(EnCours &act, const std::vector<Chose> &all) {
  if (const std::string named = act.text("saisine"); !named.empty()) {
    const Chose *found = find(all, named);
    if (found == nullptr || !his(act, *found) || (!pending(*found) && !act.regard->voit("saisine", *found)))
      refuser(Raison::saisine_inconnue, "/contenu/saisine", {named});
    if (!pending(*found))
      refuser(Raison::saisine_decidee, "/contenu/saisine", {found->cle, found->etape});
    return *found;
  }
  const droits::Role *role = role_of(act);
  const bool organises = role != nullptr && role->relation == droits::Relation::animateur;
  const Chose *only = nullptr;
  for (const Chose &one : all)
    if (organises && pending(one) && his(act, one)) {
      if (only != nullptr)
        refuser(Raison::plusieurs_saisines, "/contenu/saisine", {}, only->cle + ", " + one.cle);
      only = &one;
    }
  if (only == nullptr)
    refuser(Raison::decision_sans_saisine, "/contenu/saisine");
  act.contenu.set("saisine", only->cle);
  return *only;
}

void warn_of_quorum(EnCours &act, std::string what) {
  act.avertissements.push_back({Code::path_warning,
                                Level::warning,
                                std::move(what),
                                {},
                                "Say who came, and what the règlement asks.",
                                "on ne sait pas si le quorum était atteint"});
}

// How many sitting members came to the session of a referral.
void check_quorum(EnCours &act, const Instance &instance, const Chose *session) {
  if (session == nullptr)
    return warn_of_quorum(act, "the referral names no session that is known: whether it was quorate is unknown");
  const QuorumLu quorum = instance.quorum(*session);
  if (quorum.etat == "inconnu")
    return warn_of_quorum(act, "whether the session was quorate is unknown");
  if (quorum.etat == "non_atteint")
    refuser(Raison::sans_quorum, "/contenu/saisine",
            {std::to_string(*quorum.presents), std::to_string(*quorum.requis)});
}

// Without her agreement, the law's authority decides: who, by which article, and when she was told.
void check_authority(const EnCours &act) {
  if (act.text("nature") != "reorientation")
    return;
  const feel::Value *data = act.pack.data("instances");
  if (data == nullptr)
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + act.pack.id() + "' does not say who decides a reorientation",
                 "donnees/instances.json",
                 {}});
  std::string names;
  for (const json::Reader &one :
       json::Reader(*data, "donnees/instances.json#", {Code::pack_json}).items("reorientation")) {
    const std::string authority = one.text("autorite");
    names += (names.empty() ? "" : ", ") + authority;
    if (act.text("autorite") != authority)
      continue;
    const auto articles = one.texts("articles");
    std::string list;
    for (const std::string &article : articles)
      list += (list.empty() ? "" : ", ") + article;
    if (std::find(articles.begin(), articles.end(), act.text("article")) == articles.end())
      refuser(Raison::autre_article, "/contenu/article", {act.text("article"), authority}, list);
    const auto told = day_given(act.contenu, "notifie_le");
    if (!told)
      refuser(Raison::reorientation_sans_notification, "/contenu/notifie_le");
    if (*told < act.acte.effet)
      refuser(Raison::notifiee_avant, "/contenu/notifie_le", {*told});
    return;
  }
  refuser(Raison::autre_autorite, "/contenu/autorite", {}, names);
}

} // namespace

void regle_decision(EnCours &act) {
  const auto all = choses(act.dits, "saisine");
  const Chose &referral = referral_of(act, all);
  if (act.acte.effet < referral.depuis)
    refuser(Raison::decision_avant_saisine, "/effet");
  const std::string held = referral.text("session"), said = act.text("session");
  if (!said.empty() && referral.etape == "inscrite" && said != held)
    refuser(Raison::autre_seance, "/contenu/session", {referral.cle, held, said});
  const std::string session = said.empty() ? held : said;
  const auto subject = dossier::Sujet::parse(referral.text("instance"));
  if (!subject || act.journal.about(*subject).empty()) {
    warn_of_quorum(act, "the referral names no instance that is known: whether it was quorate is unknown");
  } else {
    const Instance instance(act.journal, *subject, known(act));
    const Chose *before = session.empty() ? nullptr : instance.seance(session);
    if (!said.empty() && before == nullptr)
      session_in(instance, said);
    if (before != nullptr && before->etape == "annulee")
      refuser(Raison::seance_annulee, "/contenu/session", {session});
    if (before != nullptr && act.acte.effet < jour_de_seance(*before))
      refuser(Raison::decision_avant_seance, "/effet", {jour_de_seance(*before)});
    check_quorum(act, instance, before);
  }
  check_authority(act);
  feel::Context studied{{"id", referral.cle}, {"etape", "etudiee"}};
  if (!session.empty()) {
    act.contenu.set("session", session);
    studied.set("session", session);
  }
  act.suites.push_back(act.suite("saisine", std::move(studied)));
}

namespace {

// A session's number is its day: it names it wherever a referral is read.
void number(EnCours &act) {
  const auto day = day_given(act.contenu, "date");
  if (!day)
    refuser(Raison::seance_sans_jour, "/contenu/date");
  const auto sessions = choses(act.dits, "session");
  std::string number = day->to_string();
  for (char next = '2'; find(sessions, number) != nullptr && next <= '9'; ++next)
    number = day->to_string() + "-" + next;
  act.contenu.set("id", number);
}

// Whom a session convenes, by the cases that the actor sees.
std::vector<Convocation> convened(const EnCours &act, const Instance &instance, const Chose &session) {
  std::vector<CasInstance> cases;
  std::set<dossier::Sujet> seen;
  for (const dossier::Sujet &person : personnes_saisies(act.journal, act.sujet())) {
    if (act.journal.about(person).empty() || !seen.insert(dossier::holder(act.journal, person, known(act))).second)
      continue;
    const droits::Masque mask(act.journal, person, act.demande, act.guichet->droits(), act.guichet->regles());
    if (mask.role().empty() || mask.refuse())
      continue;
    auto hers = cas_de(act.journal, act.demande, mask, instance, session, true);
    std::move(hers.begin(), hers.end(), std::back_inserter(cases));
  }
  return convoquer(instance, session, cases);
}

// Whoever is convened is written down: it is what presence is counted against.
void convene(EnCours &act) {
  const Instance instance(act.journal, act.sujet(), known(act));
  const Chose &session = *instance.seance(act.avant->cle);
  for (const Convocation &one : convened(act, instance, session))
    if (one.etat.empty())
      act.suites.push_back(act.suite(
          "presence", {{"session", session.cle}, {"qui", one.qui}, {"qualite", one.qualite}, {"etat", "convie"}}));
  if (const droits::Role *role = role_of(act); role == nullptr || role->relation != droits::Relation::animateur)
    act.avertissements.push_back({Code::path_warning,
                                  Level::warning,
                                  "the cases are the organiser's to see: members that sit are convened alone",
                                  {},
                                  "Let who organises the instance convene.",
                                  "seuls les sièges sont conviés : les situations sont à voir par l'animateur"});
}

void hold(EnCours &act) {
  const auto day = day_given(act.avant->champs, "date");
  if (day && act.acte.effet < *day)
    refuser(Raison::seance_pas_tenue, "/effet", {*day});
}

} // namespace

void regle_session(EnCours &act) {
  if (act.transition.acte == "session.fixer")
    number(act);
  else if (act.transition.acte == "session.convoquer")
    convene(act);
  else
    hold(act);
}

namespace {

// Beside those whom a session convenes (S:1422-1426), a professional may be asked to come: he is convened first, as a
// guest. Of persons, those alone come whose case is entered.
void invite(EnCours &act, const std::string &who) {
  if (act.text("etat") != "convie" || who.starts_with("personne:"))
    refuser(Raison::pas_convie, "/contenu/qui", {who});
  act.avertissements.push_back({Code::path_warning,
                                Level::warning,
                                "'" + who + "' is none of those whom the session convenes: a guest is recorded",
                                {},
                                "Check who is meant.",
                                "« " + who + " » n’est pas de ceux que la séance convie : noté comme invité"});
}

bool sits(const Instance &instance, const std::string &who, feel::Date day) {
  return std::ranges::any_of(instance.sieges(day), [&](const SiegeLu &one) { return one.professionnel == who; });
}

} // namespace

void regle_presence(EnCours &act) {
  const Instance instance(act.journal, act.sujet(), known(act));
  const Chose &session = session_in(instance, act.text("session"));
  const feel::Date day = jour_de_seance(session);
  if (act.text("etat") != "convie" && act.acte.effet < day)
    refuser(Raison::presence_trop_tot, "/effet", {day});
  const std::string who = act.text("qui");
  const bool noted = std::ranges::any_of(instance.presences(), [&](const Chose &one) {
    return one.text("session") == session.cle && one.text("qui") == who;
  });
  const auto among_convened = [&] {
    const auto list = convened(act, instance, session);
    return std::ranges::find(list, who, &Convocation::qui) != list.end();
  };
  if (!noted && !sits(instance, who, day) && !among_convened())
    invite(act, who);
  if (!act.text("qualite").empty())
    return;
  // As he was convened; else by his seat.
  std::string quality = who.starts_with("personne:") ? "personne" : "invite";
  for (const SiegeLu &member : instance.membres(day))
    if (member.professionnel == who)
      quality = "membre";
  for (const Chose &one : instance.presences())
    if (one.text("session") == session.cle && one.text("qui") == who && !one.text("qualite").empty())
      quality = one.text("qualite");
  act.contenu.set("qualite", quality);
}

} // namespace spie::parcours
