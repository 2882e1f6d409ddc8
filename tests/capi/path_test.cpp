#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;

std::string event(const std::string &type, const std::string &day, const std::string &content) {
  return R"({"type": ")" + type + R"(", "sujets": ["personne:aline"], "effet": {"debut": ")" + day +
         R"("}, "auteur": "a", "source": {"nom": "saisie"}, "contenu": )" + content + "}";
}
std::string immersion(const std::string &id, const std::string &step, const std::string &first,
                      const std::string &last) {
  return event("immersion", first,
               R"({"id": ")" + id + R"(", "etape": ")" + step +
                   R"(", "structure": "structure:s", "objet": "decouvrir_metier", "objectifs": ["voir"],
                      "prescripteur": "mission_locale", "date_debut": {"@date": ")" +
                   first + R"("}, "date_fin": {"@date": ")" + last + R"("}})");
}

// Aline entered on 5 January 2022 and is followed by p1; nobody met her since.
struct Path {
  Store store;
  Desk desk;
  Text text;
  CError error;

  Path() {
    const std::string events =
        "[" + event("entree", "2022-01-05", R"({"motif": "orientation"})") + "," +
        event("referent", "2022-01-05",
              R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p1"})") +
        "," + event("adresse", "2022-01-05", R"({"code_commune": "77288"})") + "," +
        event("frein", "2022-01-05", R"({"code": "mobilite", "reponse": "oui"})") + "," +
        event("frein", "2022-01-05", R"({"code": "formation", "reponse": "oui"})") + "," +
        immersion("un", "terminee", "2022-03-01", "2022-03-10") + "," +
        immersion("deux", "prevue", "2022-06-01", "2022-06-10") + "]";
    CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
    CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), events.data(), events.size(),
                               "2022-03-05T12:00:00Z", &error));
    CHECK_OK(spie_desk_memory(desk.out(), the_pack(), nullptr, &error));
  }
};

} // namespace

TEST_CASE("an immersion is judged, and what contradicts itself is refused with its place") {
  CError error;
  Pack law;
  CHECK_OK(spie_pack_load(law.out(), SPIE_SOURCE_DIR "/packs/socle-national", nullptr, &error));
  const auto judged = [&](const std::string &last) {
    const std::string request = R"({"convention": {"id": "c", "structure": "structure:a", "objet": "decouvrir_metier",
      "objectifs": ["cuisine"], "debut": "2022-03-31", "fin": ")" +
                                last + R"("}, "precedentes": []})";
    Text text;
    CHECK_OK(spie_immersion_check(text.out(), text.length(), law.get(), request.data(), request.size(), "2022-06-01",
                                  &error));
    return text.json();
  };
  CHECK(judged("2022-04-30")["verdict"] == "conforme");
  CHECK(judged("2022-05-01")["motifs"][0]["regle"] == "duree");

  Text text;
  const std::string wrong =
      R"({"convention": {"id": "c", "debut": "2022-03-31", "fin": "2022-03-01"}, "precedentes": []})";
  CHECK_REFUSED(
      spie_immersion_check(text.out(), text.length(), law.get(), wrong.data(), wrong.size(), "2022-06-01", &error),
      SPIE_ERROR_PATH, "Q001");
  CHECK(std::string(error.where) == "/convention/fin");
  CHECK_REFUSED(spie_immersion_check(text.out(), text.length(), law.get(), wrong.data(), wrong.size(), nullptr, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(
      spie_immersion_check(text.out(), text.length(), nullptr, wrong.data(), wrong.size(), "2022-06-01", &error),
      SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("a decision is taken on a dossier, and a desk veils it") {
  Path one;
  CError &error = one.error;
  Handle<spie_decision, spie_decision_free> admission;
  CHECK_OK(spie_pack_decision(admission.out(), the_pack(), "admission", &error));
  CHECK_OK(spie_dossier_decide(one.text.out(), one.text.length(), one.store.get(), "personne:aline", "2022-06-01",
                               nullptr, admission.get(), nullptr, 0, &error));
  const Json made = one.text.json();
  CHECK(made["resultat"]["valeur"] == true);
  CHECK(made["faits"]["freins"].size() == 2);
  CHECK(made["origines"]["freins"] == Json({"frein.code", "frein.reponse"}));
  const std::string given = R"({"beneficiaire": {"reside_departement": "non"}})";
  CHECK_OK(spie_dossier_decide(one.text.out(), one.text.length(), one.store.get(), "personne:aline", "2022-06-01",
                               nullptr, admission.get(), given.data(), given.size(), &error));
  CHECK(one.text.json()["resultat"]["valeur"] == false);
  CHECK_REFUSED(spie_dossier_decide(one.text.out(), one.text.length(), one.store.get(), "personne:absente",
                                    "2022-06-01", nullptr, admission.get(), nullptr, 0, &error),
                SPIE_ERROR_DOSSIER, "E005");

  const char *role = "referent";
  spie_demand who SPIE_DEMAND_INIT;
  who.actor = "professionnel:p1";
  who.purpose = "accompagnement";
  who.roles = &role;
  who.roles_count = 1;
  who.asked_at = "2022-06-01T08:00:00Z";
  CHECK_OK(spie_desk_decide(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &who, "personne:aline",
                            admission.get(), "2022-06-01", nullptr, 0, &error));
  CHECK(one.text.json()["resultat"]["valeur"] == true);
  who.actor = "professionnel:p2";
  CHECK_OK(spie_desk_decide(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &who, "personne:aline",
                            admission.get(), "2022-06-01", nullptr, 0, &error));
  CHECK(one.text.json()["resultat"]["valeur"].is_null());
}

TEST_CASE("an immersion of a dossier is judged beside the others that were signed") {
  Path one;
  CError &error = one.error;
  CHECK_OK(spie_dossier_immersion(one.text.out(), one.text.length(), one.store.get(), the_pack(), "personne:aline",
                                  "deux", "2022-07-01", nullptr, &error));
  CHECK(one.text.json()["motifs"][0]["regle"] == "objets");
  CHECK_REFUSED(spie_dossier_immersion(one.text.out(), one.text.length(), one.store.get(), the_pack(), "personne:aline",
                                       "trois", "2022-07-01", nullptr, &error),
                SPIE_ERROR_DOSSIER, "E005");
}

TEST_CASE("the moments of vigilance are told, for a program and for somebody") {
  Path one;
  CError &error = one.error;
  CHECK_OK(spie_vigilance_moments(one.text.out(), one.text.length(), the_pack(), &error));
  CHECK(one.text.json().size() == 20);
  CHECK_OK(spie_store_vigilance(one.text.out(), one.text.length(), one.store.get(), the_pack(), "2022-06-20", nullptr,
                                nullptr, &error));
  CHECK(one.text.json()["comptes"]["sans_contact"] == 1);
  CHECK(one.text.json()["a_verifier"] == 0);

  const char *moment = "sans_contact";
  spie_vigilance_options options SPIE_VIGILANCE_OPTIONS_INIT;
  options.moments = &moment;
  options.moments_count = 1;
  options.detail = 1;
  const char *role = "referent";
  spie_demand who SPIE_DEMAND_INIT;
  who.actor = "professionnel:p1";
  who.purpose = "accompagnement";
  who.roles = &role;
  who.roles_count = 1;
  who.asked_at = "2022-06-01T08:00:00Z";
  CHECK_OK(spie_desk_vigilance(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &who, "2022-06-20",
                               nullptr, &options, &error));
  CHECK(one.text.json()["alertes"][0]["depuis"] == "2022-03-01"); // the immersion was a contact
  CHECK(one.text.json()["a_verifier"] == Json::array());
  who.actor = "professionnel:p2";
  CHECK_OK(spie_desk_vigilance(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &who, "2022-06-20",
                               nullptr, &options, &error));
  CHECK(one.text.json()["alertes"].empty());
  moment = "sans_contacts";
  CHECK_REFUSED(spie_store_vigilance(one.text.out(), one.text.length(), one.store.get(), the_pack(), "2022-06-01",
                                     nullptr, &options, &error),
                SPIE_ERROR_PATH, "Q001");
}

TEST_CASE("what comes before a break is counted, for a program and for somebody") {
  Path one;
  CError &error = one.error;
  CHECK_OK(
      spie_store_breaks(one.text.out(), one.text.length(), one.store.get(), the_pack(), "2022-06-20", nullptr, &error));
  CHECK(one.text.json()["effectif"].is_null()); // one person without contact: too few to tell
  CHECK(one.text.json()["profils"].empty());
  CHECK_OK(spie_store_diagnosis_delay(one.text.out(), one.text.length(), one.store.get(), the_pack(), "2022-06-20",
                                      nullptr, &error));
  CHECK(one.text.json()["mediane"].is_null()); // nobody has a diagnostic
  const char *role = "referent";
  spie_demand who SPIE_DEMAND_INIT;
  who.actor = "professionnel:p1";
  who.purpose = "accompagnement";
  who.roles = &role;
  who.roles_count = 1;
  who.asked_at = "2022-06-01T08:00:00Z";
  CHECK_OK(spie_desk_breaks(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &who, "2022-06-20",
                            nullptr, &error));
  CHECK(one.text.json()["effectif"].is_null());
  who.actor = "professionnel:p2";
  CHECK_OK(spie_desk_breaks(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &who, "2022-06-20",
                            nullptr, &error));
  CHECK(one.text.json()["effectif"] == 0);
  CHECK_REFUSED(
      spie_store_breaks(one.text.out(), one.text.length(), one.store.get(), the_pack(), "juin", nullptr, &error),
      SPIE_ERROR_ARGUMENT, "A001");
}
