#include "tests/capi/c_api.hpp"

using namespace capi_test;

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
