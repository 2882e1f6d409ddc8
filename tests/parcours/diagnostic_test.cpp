// The shared diagnostic: what an imported answer says, what remains to ask, what the grid makes of it, and for whom.
#include "insertion/text_of.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/parcours/vue.hpp"
#include "tests/droits/scene.hpp"

#include <set>

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

std::shared_ptr<const Pack> departement() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return pack;
}
const LecteurDiagnostic &reader() {
  static const LecteurDiagnostic made(departement());
  return made;
}
const droits::Droits &table() {
  static const droits::Droits made = droits::read_droits(*departement());
  return made;
}

// A person, and what is known of her.
struct Dossier {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*departement());
  droits::Guichet guichet{*journal, *acces, table(), regles};
  Bureau bureau{*journal, guichet, *departement(), regles};
  dossier::Sujet aline = subject("personne:aline");

  explicit Dossier(std::vector<Event> said = {}) {
    said.insert(said.begin(),
                {"personne:aline", "referent",
                 R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"})",
                 "2022-03-01", "carnet"});
    said.push_back({"professionnel:rene", "professionnel", R"({"nom": "MODELE"})", "2022-03-01"});
    record(*journal, "2022-03-05", said);
  }
  DossierLu lu(std::string_view at = "2022-06-01") { return lire_dossier(*journal, aline, day(at), {}, regles); }
  DiagnosticPartage diagnostic(std::string_view at = "2022-06-01") { return reader().diagnostic(lu(at)); }
  Questions questions(std::string_view at = "2022-06-01") { return reader().questions(lu(at)); }
  ActeFait does(std::string_view role, const std::string &act, std::string_view on, const std::string &content) {
    const std::string who = role == "personne" ? "personne:aline" : "professionnel:rene";
    return bureau.agir({{who, "", {std::string(role)}}, "accompagnement", instant(std::string(on) + "T08:00:00Z"), {}},
                       {act, aline, day(on), read_json(content).context()});
  }
};

Event answer(const std::string &content, const std::string &on = "2022-03-01", const std::string &source = "caf.dsp") {
  return {"personne:aline", "reponse_diagnostic", content, on, source};
}

const FreinLu &frein(const DiagnosticPartage &read, std::string_view code) {
  for (const FreinLu &one : read.freins)
    if (one.code == code)
      return one;
  throw std::runtime_error("no such frein");
}

std::string where(const Questions &all, std::string_view id) {
  const auto in = [&](const std::vector<QuestionPosee> &list) {
    return std::any_of(list.begin(), list.end(), [&](const auto &one) { return one.question == id; });
  };
  return in(all.connues)            ? "connues"
         : in(all.a_revoir)         ? "a_revoir"
         : in(all.a_demander)       ? "a_demander"
         : in(all.a_ne_pas_reposer) ? "a_ne_pas_reposer"
         : in(all.sans_objet)       ? "sans_objet"
         : in(all.reservees)        ? "reservees"
                                    : "nowhere";
}
std::size_t count(const Questions &all) {
  return all.connues.size() + all.a_revoir.size() + all.a_demander.size() + all.a_ne_pas_reposer.size() +
         all.sans_objet.size() + all.reservees.size();
}

// The event that the reader of the format records for a code of the crosswalk; none for what is no answer.
std::vector<Event> recorded_as(const std::string &format, const std::string &code, const std::string &of) {
  const auto part = [&](char mark) { return code.find(mark); };
  if (format == "dsp") {
    const std::string element = code.substr(0, part('/')), value = code.substr(part('/') + 1);
    if (element == "NIVDIPMAXOBT")
      return {{"personne:aline", "niveau_formation", R"({"diplome": ")" + value + "\"}", "2022-03-01", "caf.dsp"}};
    const std::string said = value == "1" || value == "O" ? "oui" : value == "0" || value == "N" ? "non" : "";
    return {answer(R"({"question": "dsp.)" + element + "\"" + (said.empty() ? "" : R"(, "reponse": ")" + said + "\"") +
                   R"(, "valeurs": [")" + value + "\"]}")};
  }
  if (code.find("/objectif/") != std::string::npos)
    return {};
  if (code.find("/situation/") != std::string::npos)
    return {answer(R"({"question": ")" + code + R"(", "reponse": "oui"})", "2022-03-01", "france_travail.diagnostic")};
  if (const auto star = code.find("besoin"); star != std::string::npos) {
    std::string question = code;
    if (const auto any = question.find('*'); any != std::string::npos)
      question.replace(any, 1, "12");
    return {answer(R"({"question": ")" + question + R"(", "valeurs": ["BESOIN"]})", "2022-03-01",
                   "france_travail.diagnostic")};
  }
  return {{"personne:aline", "frein", R"({"code": ")" + of + R"(", "reponse": "oui"})", "2022-03-01", format}};
}

} // namespace

TEST_CASE("every code of the crosswalk that is read is found under the frein it names", "[parcours][diagnostic]") {
  std::size_t tried = 0, resources = 0;
  for (const auto &list : departement()->data("correspondances")->context().find("listes")->list()) {
    const std::string format = text_of(list, "format");
    if (format == "carnet" || format == "data_inclusion.v1") // no reader records them
      continue;
    for (const auto &row : list.context().find("valeurs")->list()) {
      const std::string code = text_of(row, "code"), of = text_of(row, "frein"), resource = text_of(row, "ressource");
      const auto events = recorded_as(format, code, of);
      if (events.empty() || (of.empty() && resource.empty()))
        continue;
      INFO(format << " " << code);
      const DiagnosticPartage read = Dossier(events).diagnostic();
      if (!of.empty()) {
        CHECK(frein(read, of).present == std::optional(true));
        ++tried;
      } else {
        const auto &own = read.ressources.personne;
        CHECK(std::any_of(own.begin(), own.end(), [&](const auto &one) { return one.code == resource; }));
        ++resources;
      }
    }
  }
  CHECK(tried > 150);
  CHECK(resources == 15);
}

TEST_CASE("the eight outputs are there, keyed by hand for one person", "[parcours][diagnostic]") {
  Dossier one(
      {{"personne:aline", "identite",
        R"({"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": {"@date": "1998-06-02"}})", "2022-03-01"},
       answer(R"({"question": "dsp.DIFSOC", "valeurs": ["0405", "0406"]})"),
       answer(R"({"question": "dsp.TOPMOYLOCO", "reponse": "non", "valeurs": ["0"]})"),
       answer(R"({"question": "dsp.HISPRO", "valeurs": ["1904"]})"),
       answer(R"({"question": "dsp.TOPCOMPEEXTRAPRO", "reponse": "oui", "valeurs": ["1"]})"),
       answer(R"({"question": "dsp.LIBCOMPEEXTRAPRO", "texte": "couture"})"),
       {"personne:aline", "action",
        R"({"id": "A1", "etape": "refusee", "theme": "mobilite", "libelle": "Code", "motif_refus": "refus_horaires"})",
        "2022-04-01"}});
  const DiagnosticPartage read = one.diagnostic();
  // 0406: strong; no transport: strong; never worked: strong; 0405: medium.
  CHECK(read.besoins_sociaux_et_professionnels.sociaux ==
        std::vector<std::string>{"mobilite", "difficulte_financiere", "difficulte_administrative"});
  CHECK(read.besoins_sociaux_et_professionnels.professionnels == std::vector<std::string>{"emploi"});
  REQUIRE(read.potentiel.size() == 2);
  CHECK(read.potentiel[1].reponse == "couture");
  CHECK(read.metiers_en_tension.conclusion == "inconnu"); // the list of the pack is empty
  std::vector<std::string> proposed;
  for (const auto &action : read.actions_prioritaires.a_proposer)
    proposed.push_back(action.code);
  // What she refused for mobility is not proposed again.
  CHECK(proposed == std::vector<std::string>{"aide_budget", "accompagnement_emploi", "appui_demarches"});
  CHECK(read.ressources.personne.size() == 1);
  CHECK(read.ressources.personne[0].code == "competences");
  CHECK(read.choix.refusees.at(0).motif == "refus_horaires");
  CHECK(read.droits.priorite == "basse"); // 23 years old
  CHECK(read.droits.moment == "apres_diagnostic");
  CHECK(read.droits.risque == "a_verifier");
  CHECK_FALSE(read.equite.delai.has_value());
  CHECK_FALSE(read.perime.has_value());
  CHECK(reader().diagnostic(one.lu("2023-06-02")).droits.priorite == "normale"); // 25 that day
}

TEST_CASE("a question that was answered is not asked while its answer is fresh", "[parcours][questions]") {
  Dossier one({answer(R"({"question": "dsp.TOPPERMICONDUB", "reponse": "oui", "valeurs": ["1"]})", "2022-03-01"),
               answer(R"({"question": "dsp.DIFLOG", "valeurs": ["1006"]})", "2022-03-01"),
               answer(R"({"question": "sante_obstacle", "reponse": "refuse"})", "2022-03-02", "saisie"),
               answer(R"({"question": "finance_dettes", "reponse": "ne_sait_pas"})", "2022-03-02", "saisie")});
  CHECK(where(one.questions("2023-03-01"), "mobilite_permis") == "connues");
  CHECK(where(one.questions("2023-03-02"), "mobilite_permis") == "a_revoir"); // twelve months, date to date
  CHECK(where(one.questions("2022-09-01"), "logement_depart") == "connues");
  CHECK(where(one.questions("2022-09-02"), "logement_depart") == "a_revoir"); // six months for what moves
  const Questions asked = one.questions();
  CHECK(where(asked, "sante_obstacle") == "a_ne_pas_reposer");
  CHECK(where(asked, "finance_dettes") == "a_demander");
  CHECK(where(asked, "famille_garde") == "a_demander");
  // To leave one's home is grave already: that it is too small changes nothing.
  CHECK(where(asked, "logement_surpeuple") == "connues"); // the list that she filled leaves it out
  CHECK(where(asked, "logement_adapte") == "sans_objet");
  // For those alone who have a recognised handicap: whether she has is not known, so nobody can say it is pointless.
  CHECK(where(asked, "handicap_compensation") == "a_demander");
  const auto with_handicap = [](const std::string &reply) {
    Dossier said(
        {answer(R"({"question": "situation_handicap", "reponse": ")" + reply + R"("})", "2022-03-02", "saisie")});
    return where(said.questions(), "handicap_compensation");
  };
  CHECK(with_handicap("oui") == "a_demander");
  CHECK(with_handicap("non") == "sans_objet");
  CHECK(with_handicap("ne_sait_pas") == "a_demander");
  CHECK(with_handicap("refuse") == "sans_objet"); // she is not led round to it
  std::size_t all = 0;
  reader().trame().each([&](const Question &) { ++all; });
  CHECK(count(asked) == all);
}

// S:1077-1080: the outcome of an immersion opens questions again and proposes; it changes nothing by itself.
TEST_CASE("the outcome of an immersion opens questions again, and proposes an answer that changes nothing",
          "[parcours][questions]") {
  const auto life = [](const std::string &object, const std::string &outcome, const std::string &day) {
    std::vector<Event> events{answer(R"({"question": "projet_confirmer", "reponse": "oui"})", "2022-03-01", "saisie"),
                              answer(R"({"question": "projet_decouvrir", "reponse": "oui"})", "2022-03-01", "saisie"),
                              answer(R"({"question": "famille_garde", "reponse": "oui"})", "2022-03-01", "saisie"),
                              {"personne:aline", "immersion",
                               R"({"id": "i1", "etape": "signee", "objet": ")" + object + R"("})", "2022-03-07",
                               "saisie"}};
    if (!outcome.empty())
      events.push_back({"personne:aline", "bilan_immersion", R"({"immersion": "i1", )" + outcome + "}", day, "saisie"});
    return Dossier(events);
  };
  const auto asked = [](Dossier &one, std::string_view id) {
    const Questions all = one.questions();
    for (const auto *list : {&all.connues, &all.a_revoir})
      for (const QuestionPosee &question : *list)
        if (question.question == id)
          return (list == &all.a_revoir ? "a_revoir " : "connues ") + question.reponse + " " + question.proposition;
    return std::string("elsewhere");
  };
  const std::string reached = R"("issue": "complete", "objectifs_atteints": "oui")";
  Dossier before = life("confirmer_projet", "", "");
  CHECK(asked(before, "projet_confirmer") == "connues oui ");
  Dossier confirmed = life("confirmer_projet", reached, "2022-03-18");
  CHECK(asked(confirmed, "projet_confirmer") == "a_revoir oui non");
  CHECK(asked(confirmed, "projet_decouvrir") == "a_revoir oui "); // of another object: nothing is proposed
  CHECK(asked(confirmed, "famille_garde") == "connues oui ");     // an immersion says nothing of it
  Dossier missed = life("confirmer_projet", R"("issue": "partielle", "objectifs_atteints": "non")", "2022-03-18");
  CHECK(asked(missed, "projet_confirmer") == "a_revoir oui oui");
  Dossier discovered = life("decouvrir_metier", reached, "2022-03-18");
  CHECK(asked(discovered, "projet_decouvrir") == "a_revoir oui non");
  Dossier earlier = life("confirmer_projet", reached, "2022-03-01"); // she answered that day, knowing it
  CHECK(asked(earlier, "projet_confirmer") == "connues oui ");
}

TEST_CASE("the date at which a source says it asked is that of its answers", "[parcours][questions]") {
  Dossier one({answer(R"({"question": "dsp.TOPPERMICONDUB", "reponse": "oui", "valeurs": ["1"]})", "2021-01-01"),
               answer(R"({"question": "dsp.DTENRSOCPRO", "texte": "2022-02-01"})", "2021-01-01")});
  CHECK(where(one.questions("2023-02-01"), "mobilite_permis") == "connues");
  CHECK(where(one.questions("2023-02-02"), "mobilite_permis") == "a_revoir");
}

TEST_CASE("what is without object changes nothing, whatever the answer", "[parcours][questions]") {
  Dossier one({answer(R"({"question": "dsp.NATLOG", "valeurs": ["0912"]})"),
               answer(R"({"question": "dsp.TOPMOYLOCO", "reponse": "non", "valeurs": ["0"]})"),
               {"personne:aline", "frein", R"({"code": "numerique", "reponse": "non"})", "2022-05-01", "carnet"}});
  const Questions asked = one.questions();
  REQUIRE_FALSE(asked.sans_objet.empty());
  const DossierLu lu = one.lu();
  const auto read = [&](const dossier::Situation &recente) {
    DossierLu other = lu;
    other.recente = recente;
    return reader().diagnostic(other);
  };
  const auto members = [](const DiagnosticPartage &of, const QuestionPosee &question) {
    std::string all;
    for (const std::string &served : question.sert)
      if (served.starts_with("frein_")) {
        const FreinLu &read_as = frein(of, served.substr(6, served.find('.') - 6));
        all += served + (read_as.present ? (*read_as.present ? " oui" : " non") : " ?") + " " + read_as.gravite + "; ";
      }
    return all;
  };
  for (const QuestionPosee &question : asked.sans_objet) {
    INFO(question.question);
    const std::string before = members(read(lu.recente), question);
    const auto try_with = [&](const std::string &champ, const feel::Value &value) {
      dossier::Situation given = lu.recente;
      dossier::Fait fact;
      fact.chemin = "reponse_diagnostic." + question.question + "." + champ;
      fact.type = "reponse_diagnostic";
      fact.cle = question.question;
      fact.champ = champ;
      fact.dire.valeur = value;
      fact.dire.effet.debut = day("2022-06-01");
      given.faits.push_back(fact);
      CHECK(members(read(given), question) == before);
    };
    if (question.genre == "oui_non") {
      try_with("reponse", "oui");
      try_with("reponse", "non");
    }
    for (const auto &[code, label] : question.valeurs)
      try_with("valeurs", feel::List{code});
  }
}

TEST_CASE("what is masked moves nothing that is shown", "[parcours][questions]") {
  const std::vector<Event> member{{"personne:aline", "membre",
                                   R"({"professionnel": "professionnel:maud", "role": "cip", "etape": "commence"})",
                                   "2022-03-01"}};
  auto more = member;
  more.push_back(answer(R"({"question": "dsp.DIFSOC", "valeurs": ["0402"]})"));
  more.push_back({"personne:aline", "frein", R"({"code": "sante", "reponse": "oui"})", "2022-03-01", "carnet"});
  const droits::Demande maud{
      {"professionnel:maud", "", {"membre"}}, "accompagnement", instant("2022-06-01T08:00:00Z"), {}};
  const auto shown = [&](const std::vector<Event> &said) {
    Dossier one(said);
    const auto asked = questions(one.guichet, maud, one.aline, day("2022-06-01"), {}, reader());
    const auto read = diagnostic(*one.journal, one.guichet, maud, one.aline, day("2022-06-01"), {}, reader());
    CHECK(where(asked.lu, "sante_obstacle") == "reservees");
    CHECK(asked.role == "membre");
    return to_value(asked).to_string() + to_value(read).to_string();
  };
  CHECK(shown(member) == shown(more));
}

TEST_CASE("a diagnostic is posed with her agreement, and flagged without a habilitation", "[parcours][diagnostic]") {
  Dossier one(
      {{"professionnel:rene", "habilitation", R"({"objet": "diagnostic", "etape": "accordee"})", "2022-05-01"}});
  const auto refused = [&](const std::string &act, const std::string &content, std::string_view on = "2022-04-01") {
    return refusal([&] { one.does("referent", act, on, content); });
  };
  CHECK(refused("reponse.donner", R"({"question": "mobilite_permi", "reponse": "oui"})") ==
        "Q002 at /contenu/question");
  CHECK(refused("reponse.donner", R"({"question": "mobilite_permis", "valeurs": ["0501"]})") == "Q002 at /contenu");
  CHECK(refused("reponse.donner", R"({"question": "mobilite_zone", "valeurs": ["0501"]})") ==
        "Q002 at /contenu/valeurs/0");
  CHECK(refused("frein.retenir", R"({"code": "mobilites", "reponse": "oui"})") == "Q002 at /contenu/code");
  CHECK(refused("diagnostic.poser", R"({"complet": true, "accord": "non", "accord_recueilli": "oral"})") ==
        "Q003 at /contenu/accord");
  const ActeFait posed = one.does("referent", "diagnostic.poser", "2022-04-01",
                                  R"({"id": "D1", "complet": true, "accord": "oui", "accord_recueilli": "oral"})");
  REQUIRE(posed.avertissements.size() == 1); // nobody had habilitated him yet
  CHECK(posed.avertissements[0].where == "/acteur");
  CHECK(posed.evenements[0].source.nom == "diagnostic");
  CHECK(text_of(posed.evenements[0].contenu, "trame") == "trame-seine-et-marne/2022-01");
  one.does("personne", "reponse.donner", "2022-04-02", R"({"question": "mobilite_zone", "valeurs": ["aucune"]})");
  CHECK(frein(one.diagnostic(), "mobilite").gravite == "fort");
  CHECK(refused("diagnostic.actualiser", R"({"id": "D1"})", "2022-05-02") == "Q003 at /contenu/accord");
  const ActeFait updated = one.does("referent", "diagnostic.actualiser", "2022-05-02",
                                    R"({"id": "D1", "accord": "oui", "accord_recueilli": "ecrit"})");
  CHECK(updated.avertissements.empty());
  CHECK(one.diagnostic("2022-11-02").perime == std::optional(false));
  CHECK(one.diagnostic("2022-11-03").perime == std::optional(true));
  CHECK(one.diagnostic().pose->accord_recueilli == "ecrit");
}

TEST_CASE("an inflection is a frein lifted since the diagnostic, an action finished or a job",
          "[parcours][diagnostic]") {
  const auto moment = [](std::vector<Event> said) {
    said.push_back({"personne:aline", "diagnostic", R"({"id": "D1", "etape": "pose"})", "2022-03-10"});
    said.push_back({"personne:aline", "frein", R"({"code": "mobilite", "reponse": "oui"})", "2022-03-01", "carnet"});
    return Dossier(said).diagnostic().droits.moment;
  };
  CHECK(moment({}) == "apres_inflexion");
  CHECK(moment({{"personne:aline", "frein", R"({"code": "mobilite", "reponse": "non"})", "2022-04-01", "carnet"}}) ==
        "maintenant");
  CHECK(moment({{"personne:aline", "frein", R"({"code": "logement", "reponse": "non"})", "2022-04-01", "carnet"}}) ==
        "apres_inflexion"); // never said before: nothing was lifted
  CHECK(moment({{"personne:aline", "emploi", R"({"id": "E1", "etape": "trouve"})", "2022-04-01", "carnet"}}) ==
        "maintenant");
}

TEST_CASE("the questionnaire of the pack holds against the types, the grid and the parameters",
          "[parcours][diagnostic]") {
  std::string faults;
  for (const Diagnostic &one : verifier_trame(*departement()))
    faults += one.where + ": " + one.message + "\n";
  CHECK(faults == "");
  CHECK(verifier_trame(*national_pack()).empty()); // it has none
}

TEST_CASE("every question that is answered is known, until its answer is no longer fresh", "[parcours][questions]") {
  std::vector<Event> all;
  std::set<std::string> asked;
  reader().trame().each([&](const Question &question) {
    const std::string said = question.genre == GenreQuestion::oui_non ? R"("reponse": "oui")"
                             : question.genre == GenreQuestion::texte
                                 ? R"("texte": "dit")"
                                 : R"("valeurs": [")" + question.valeurs[0].first + "\"]";
    all.push_back(answer(R"({"question": ")" + question.id + "\", " + said + "}", "2022-03-01", "saisie"));
    asked.insert(question.id);
  });
  Dossier one(all);
  CHECK(one.questions("2022-09-01").connues.size() == asked.size());
  const Questions later = one.questions("2027-03-02"); // beyond the longest freshness, five years
  CHECK(later.connues.empty());
  CHECK(count(later) == asked.size());
  CHECK(later.a_demander.empty());
}

// docs/imports.md: what a file of Pix and EVA says, under the source of its plan (examples/donnees/plan-pix-eva.json).
TEST_CASE("results of Pix and EVA answer the questions that ask for them", "[parcours]") {
  const auto said = [](const std::string &question, const std::string &reply) {
    return answer(R"({"question": ")" + question + R"(", "reponse": ")" + reply + R"("})", "2022-04-12", "evaluations");
  };
  Dossier silent;
  CHECK(where(silent.questions(), "complement_pix") != "connues");
  Dossier known({said("pix.sous_la_moitie", "oui"), said("eva.passe", "non"), said("eva.difficulte_calcul", "oui")});
  const Questions all = known.questions();
  CHECK(where(all, "numerique_pix") == "connues");
  CHECK(where(all, "complement_pix") == "connues"); // whoever has half of it has passed it
  CHECK(where(all, "complement_eva") == "connues");
  CHECK(where(all, "langue_calcul") == "connues");
  const DiagnosticPartage read = known.diagnostic();
  CHECK(frein(read, "numerique").present == true);
  CHECK(frein(read, "maitrise_langue").present == true);
  const auto proposed = [&](std::string_view code) {
    return std::any_of(read.complements.begin(), read.complements.end(),
                       [&](const auto &one) { return one.code == code; });
  };
  CHECK_FALSE(proposed("pix"));
  CHECK(proposed("eva"));
}
