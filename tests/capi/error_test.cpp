#include "tests/capi/c_api.hpp"

using namespace capi_test;

TEST_CASE("the version of the library is that of its header") {
  const std::string expected = std::to_string(SPIE_VERSION_MAJOR) + "." + std::to_string(SPIE_VERSION_MINOR) + "." +
                               std::to_string(SPIE_VERSION_PATCH);
  CHECK(spie_version() == expected);
}

TEST_CASE("NULL may be freed") {
  spie_free(nullptr);
  spie_pack_free(nullptr);
  spie_decision_free(nullptr);
  spie_expression_free(nullptr);
  spie_model_free(nullptr);
  spie_ledger_free(nullptr);
  spie_payments_free(nullptr);
  CHECK(spie_pack_id(nullptr) == nullptr);
  CHECK(spie_pack_version(nullptr) == nullptr);
  CHECK(spie_pack_title(nullptr) == nullptr);
  CHECK(spie_pack_sha256(nullptr) == nullptr);
}

TEST_CASE("every code has a meaning and a remedy") {
  CError error;
  Text text;
  CHECK_OK(spie_codes(text.out(), text.length(), &error));
  const Json codes = text.json();
  CHECK(codes.size() > 60);
  for (const Json &code : codes) {
    CHECK(code["code"].get<std::string>().size() == 4);
    for (const char *key : {"meaning", "remedy", "signification", "remede"})
      CHECK(!code[key].get<std::string>().empty());
    CHECK(code["meaning"] != code["signification"]);
  }
}

TEST_CASE("the details of an error need not be asked for") {
  char *text = nullptr;
  CHECK(spie_feel_evaluate(&text, nullptr, "1 +", 3, nullptr, 0, nullptr, nullptr) == SPIE_ERROR_FEEL);
  CHECK(text == nullptr);
  CHECK(spie_feel_evaluate(&text, nullptr, "1 + 1", 5, nullptr, 0, nullptr, nullptr) == SPIE_OK);
  REQUIRE(text != nullptr);
  CHECK(Json::parse(text)["valeur"] == 2);
  spie_free(text);
}

TEST_CASE("an error struct of an unknown size is left alone") {
  CError error;
  std::strcpy(error.message, "untouched");
  char left = 'x';
  char *text = &left;
  size_t length = 7;
  error.struct_size = GENERATE(as<size_t>{}, 0, 8, sizeof(spie_error) - 1, SIZE_MAX);
  CHECK(spie_codes(&text, &length, &error) == SPIE_ERROR_ARGUMENT);
  CHECK(text == nullptr);
  CHECK(length == 0);
  CHECK(std::string(error.message) == "untouched");
}

TEST_CASE("an error struct of a later version is filled as far as this one knows") {
  struct Later {
    spie_error error SPIE_ERROR_INIT;
    char more[64] = "untouched";
  } later;
  later.error.struct_size = sizeof later;
  CHECK(spie_codes(nullptr, nullptr, &later.error) == SPIE_ERROR_ARGUMENT);
  CHECK(std::string(later.error.code) == "A001");
  CHECK(std::string(later.more) == "untouched");
}

TEST_CASE("success empties the error") {
  CError error;
  Text text;
  CHECK_REFUSED(spie_codes(nullptr, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_OK(spie_codes(text.out(), text.length(), &error));
  CHECK(error.findings == 0);
  CHECK(error.message[0] == '\0');
  CHECK(error.where[0] == '\0');
  CHECK(error.remedy[0] == '\0');
}

TEST_CASE("a text that is too long is cut between two characters") {
  CError error;
  Pack pack;
  // One, two, three and four bytes a character, at every offset from the end of the buffers.
  const std::string character = GENERATE(as<std::string>{}, "a", "é", "€", "😀");
  const auto shift = static_cast<size_t>(GENERATE(0, 1, 2, 3, 4));
  std::string folder(shift, '/');
  for (int i = 0; i < 3000; ++i)
    folder += character;
  CHECK_REFUSED(spie_pack_load(pack.out(), folder.c_str(), nullptr, &error), SPIE_ERROR_PACK, "P001");
  CHECK(pack.get() == nullptr);
  const std::string where = error.where;
  CHECK(where.size() < sizeof error.where);
  CHECK(where.size() >= sizeof error.where - 8);
  CHECK(where.substr(where.size() - 3) == "…");
  CHECK(is_utf8(where));
  CHECK(is_utf8(error.message));
}

TEST_CASE("an error is UTF-8 whatever it quotes") {
  CError error;
  Pack pack;
  CHECK_REFUSED(spie_pack_load(pack.out(), "/nowhere/\xFF\xC3(\xED\xA0\x80", nullptr, &error), SPIE_ERROR_PACK, "P001");
  CHECK(is_utf8(error.where));
  CHECK(is_utf8(error.message));
}

TEST_CASE("options of a later version are taken while they ask for nothing new") {
  struct Later {
    spie_pack_options options SPIE_PACK_OPTIONS_INIT;
    unsigned char more[16] = {};
  } later;
  later.options.struct_size = sizeof later;
  CError error;
  Pack pack;
  const std::string folder = packs + "socle-national";
  CHECK_OK(spie_pack_load(pack.out(), folder.c_str(), &later.options, &error));
  later.more[3] = 1;
  Pack refused;
  CHECK_REFUSED(spie_pack_load(refused.out(), folder.c_str(), &later.options, &error), SPIE_ERROR_ARGUMENT, "A001");
  later.options.struct_size = GENERATE(as<size_t>{}, 0, 4, sizeof(spie_pack_options) - 1, SIZE_MAX);
  CHECK_REFUSED(spie_pack_load(refused.out(), folder.c_str(), &later.options, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK(refused.get() == nullptr);
}

TEST_CASE("a member of a result is read without a JSON parser") {
  const std::string json = R"({"statut": "indetermine", "valeur": {"verdict": null, "le": {"@date": "2023-01-04"},)"
                           R"( "montant": 1234.50, "a/b": "x~y"}, "manquants": ["a", "b \"c\""], "vide": []})";
  CError error;
  Text text;
  const auto at = [&](const char *pointer) {
    CHECK_OK(spie_json_member(text.out(), text.length(), json.data(), json.size(), pointer, &error));
    return text.get() == nullptr ? std::string("(rien)") : text.string();
  };
  CHECK(at("/statut") == "indetermine");
  CHECK(at("/valeur/verdict") == "null");
  CHECK(at("/valeur/le") == "2023-01-04");
  CHECK(at("/valeur/montant") == "1234.50");
  CHECK(at("/valeur/a~1b") == "x~y");
  CHECK(at("/manquants/1") == "b \"c\"");
  CHECK(at("/manquants/2") == "(rien)");
  CHECK(at("/vide/0") == "(rien)");
  CHECK(Json::parse(at("/manquants")) == Json({"a", "b \"c\""}));
  CHECK(Json::parse(at(""))["statut"] == "indetermine");

  const auto refused = [&](const char *pointer, const char *code) {
    CHECK(spie_json_member(text.out(), text.length(), json.data(), json.size(), pointer, &error) != SPIE_OK);
    CHECK(std::string(error.code) == code);
    CHECK(text.get() == nullptr);
    return std::string(error.message);
  };
  CHECK(refused("/status", "J002") == "there is no key 'status', did you mean 'statut'?");
  CHECK(std::string(error.where) == "/status");
  refused("/manquants/x", "J002");
  refused("/manquants/01", "J002");
  refused("/manquants/-1", "J002");
  refused("/statut/0", "J002");
  refused("statut", "A001");
  CHECK(spie_json_member(text.out(), nullptr, "{", 1, "/a", &error) == SPIE_ERROR_JSON);
  CHECK(spie_json_member(text.out(), nullptr, nullptr, 0, nullptr, &error) != SPIE_OK);
}

TEST_CASE("no error tells a NIR, and a program hides those of its own texts") {
  CError error; // nobody's: the commune does not exist
  const std::string nir = "290057799012343", text = "1 + NIR" + nir;
  Text out;
  CHECK(spie_feel_evaluate(out.out(), nullptr, text.data(), text.size(), nullptr, 0, nullptr, &error) ==
        SPIE_ERROR_FEEL);
  CHECK(std::string(error.message).find(nir) == std::string::npos);
  CHECK_OK(spie_without_nir(out.out(), out.length(), nir.data(), nir.size(), &error));
  CHECK(out.string() == "2\u2026");
}
