// The shared diagnostic through the C interface. What it means is tested in tests/parcours; here, what crosses and what
// is refused.
#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;

const std::string events = R"([
  {"type": "referent", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-05"}, "auteur": "a",
   "source": {"nom": "saisie"},
   "contenu": {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p1"}},
  {"type": "reponse_diagnostic", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-05"}, "auteur": "a",
   "source": {"nom": "caf.dsp"}, "contenu": {"question": "dsp.TOPMOYLOCO", "reponse": "non"}}])";

} // namespace

TEST_CASE("a desk tells what to ask, what the grid reads and the road map", "[diagnostic]") {
  CError error;
  Text text;
  Store store;
  Desk desk;
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), events.data(), events.size(),
                             "2022-03-05T12:00:00Z", &error));
  CHECK_OK(spie_desk_memory(desk.out(), the_pack(), nullptr, &error));
  const char *role = "referent";
  spie_demand who = SPIE_DEMAND_INIT;
  who.actor = "professionnel:p1";
  who.purpose = "accompagnement";
  who.roles = &role;
  who.roles_count = 1;
  who.asked_at = "2022-04-01T08:00:00Z";
  const auto ask = [&](auto function, const char *person = "personne:aline") {
    return function(text.out(), text.length(), desk.get(), store.get(), &who, person, "2022-04-01", nullptr, &error);
  };
  CHECK_OK(ask(spie_desk_questions));
  CHECK(text.json()["connues"][0]["question"] == "mobilite_transport");
  CHECK(text.json()["reservees"].empty());
  CHECK_OK(ask(spie_desk_diagnostic));
  CHECK(text.json()["besoins_sociaux_et_professionnels"]["sociaux"][0] == "mobilite");
  CHECK(text.json()["pose"].is_null());
  CHECK_OK(ask(spie_desk_road_map));
  CHECK(text.json()["a_faire"].empty());
  CHECK_REFUSED(ask(spie_desk_diagnostic, "personne:zoe"), SPIE_ERROR_DOSSIER, "E005");

  who.actor = "professionnel:p2"; // nobody to her: each question is held back, the one that was answered too
  CHECK_OK(ask(spie_desk_questions));
  CHECK(text.json()["role"].is_null());
  CHECK(text.json()["connues"].empty());
  CHECK(text.json()["a_demander"].empty());
  CHECK_FALSE(text.json()["reservees"].empty());
}
