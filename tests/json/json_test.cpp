#include "tests/catch.hpp"

#include "spie/json.hpp"

#include <clocale>
#include <string>

using namespace spie;
using feel::Value;

namespace {

Value number(std::string_view text) { return Value(feel::Number::parse(text).value()); }

std::string refusal(std::string_view json, JsonLimits limits = {}) {
  try {
    return "read: " + write_json(read_json(json, "faits.json", limits));
  } catch (const Error &error) {
    return std::string(text(error.first().code)) + " at " + error.first().where;
  }
}

} // namespace

TEST_CASE("JSON numbers are read from their digits, never through a double", "[json]") {
  const Value list = read_json("[0.1, 1234.50, -3, 1e2, 12345678901234567890123456789.01234, 18446744073709551615]");
  CHECK(list.list()[0].number() == number("0.1").number());
  CHECK(list.list()[1].number().to_string() == "1234.50");
  CHECK(list.list()[2].number() == number("-3").number());
  CHECK(list.list()[3].number() == number("100").number());
  CHECK(list.list()[4].number().to_string() == "12345678901234567890123456789.01234");
  CHECK(list.list()[5].number().to_string() == "18446744073709551615");
  CHECK(write_json(list) == "[0.1,1234.50,-3," + list.list()[3].number().to_string() +
                                ",12345678901234567890123456789.01234,18446744073709551615]");
}

TEST_CASE("a number beyond a double crosses under its tag", "[json]") {
  const Value huge = read_json(R"({"@number": "1E+400"})");
  CHECK(huge.number() == number("1E+400").number());
  CHECK(write_json(huge) == R"({"@number":"1E+400"})");
  CHECK(write_json(read_json("1e-400")) == number("1e-400").number().to_string());
  CHECK(refusal("1e400") == "J002 at faits.json#/");
  CHECK(refusal(R"({"a": [1, 1e400]})") == "J002 at faits.json#/a/1");
}

TEST_CASE("a French locale changes nothing in JSON", "[json][locale]") {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  const char *french = nullptr;
  for (const char *name : {"fr_FR.UTF-8", "fr_FR.utf8", "fr_FR", "de_DE.UTF-8"})
    if (french == nullptr)
      french = std::setlocale(LC_ALL, name);
  if (french == nullptr) {
    WARN("no locale with a decimal comma is installed: skipped");
    return;
  }
  CHECK(std::string(std::localeconv()->decimal_point) == ",");
  const Value list = read_json(R"([1234.50, 1.5e-3, -0.1, {"@number": "2.5"}, 12345678901234567890.5])");
  const std::string written = write_json(list);
  std::setlocale(LC_ALL, before.c_str());
  CHECK(written == "[1234.50,0.0015,-0.1,2.5,12345678901234567890.5]");
}

TEST_CASE("what JSON lacks is tagged, both ways", "[json]") {
  const std::string text =
      R"j({"d":{"@date":"2022-06-01"},"t":{"@time":"10:30:00"},"i":{"@datetime":"2022-06-01T10:30:00Z"},)j"
      R"j("j":{"@duration":"P15D"},"m":{"@duration":"P3M"},"r":{"@range":"[1..5)"},)j"
      R"j("p":{"@range":"(date(\"2022-01-01\")..date(\"2023-12-31\")]"},"g":{"@range":"(>= 5)"},)j"
      R"j("w":{"@range":"[\"a..b\"..\"c\"]"},"n":null,"b":true,"l":[],"c":{}})j";
  const Value value = read_json(text);
  CHECK(write_json(value) == text);
  const auto &context = value.context();
  CHECK(context.find("d")->is(feel::Kind::date));
  CHECK(context.find("t")->is(feel::Kind::time));
  CHECK(context.find("i")->is(feel::Kind::date_time));
  CHECK(context.find("j")->is(feel::Kind::days_duration));
  CHECK(context.find("m")->is(feel::Kind::months_duration));
  CHECK(context.find("r")->is(feel::Kind::range));
  CHECK(context.find("w")->range().start.text() == "a..b");
}

TEST_CASE("a range of texts with control characters is read as it is written", "[json]") {
  const std::string written = R"({"@range":"[\"\\u007f\"..\"é\\u00E9\"]"})";
  const Value value = read_json(written, "faits.json");
  CHECK(value.range().start.text() == "\x7F");
  CHECK(value.range().end.text() == "éé");
  CHECK(identical(read_json(write_json(value), "faits.json"), value));
  CHECK(refusal(R"({"@range": "[\"\\uD800\"..\"b\"]"})") == "J002 at faits.json#/");
  CHECK(refusal(R"({"@range": "[\"\\u00G0\"..\"b\"]"})") == "J002 at faits.json#/");
}

TEST_CASE("a tag whose text is not what it says is refused", "[json]") {
  CHECK(refusal(R"({"@date": "2022-02-30"})") == "J002 at faits.json#/");
  CHECK(refusal(R"({"a": {"@date": 5}})") == "J002 at faits.json#/a");
  CHECK(refusal(R"([1, {"@duration": "15 jours"}])") == "J002 at faits.json#/1");
  CHECK(refusal(R"({"@range": "[1..\"a\"]"})") == "J002 at faits.json#/");
  CHECK(refusal(R"({"@date": "2022-01-01", "b": 1})") == "J002 at faits.json#/");
  // Other vocabularies use the sign too.
  CHECK(refusal(R"({"@context": "x"})") == R"(read: {"@context":"x"})");
}

TEST_CASE("what was meant to stay secret is quoted by no fault", "[json]") {
  // A PEM on one line, a key in base64 whose quote is not closed, a JWK that is cut.
  for (const char *text :
       {"\"-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v\n", "[\"MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v",
        R"({"d": "nWGxne_9WmC6hErSSS'; expected )", R"({"kty": "OKP", "d": nWGxne_9WmC6hEr})"}) {
    try {
      read_json(text);
      FAIL("read");
    } catch (const Error &error) {
      CAPTURE(error.first().message);
      CHECK(error.first().message.find("last read: '") != std::string::npos);
      for (const char *part : {"BEGIN PRIV", "MC4CAQAwBQ", "nWGxne_9"})
        CHECK(error.first().message.find(part) == std::string::npos);
    }
  }
}

TEST_CASE("a fault of syntax has its line and column, in characters", "[json]") {
  CHECK(refusal("{\"a\": }") == "J001 at faits.json:1:7");
  CHECK(refusal("{\n  \"é\": tru\n}") == "J001 at faits.json:2:11");
  CHECK(refusal("") == "J001 at faits.json:1:1");
  CHECK(refusal("[1, 2") == "J001 at faits.json:1:6");
  CHECK(refusal("[1] x") == "J001 at faits.json:1:5");
  CHECK(refusal("\"\xFF\"") == "J001 at faits.json:1:2");
  CHECK(refusal("[01]") == "J001 at faits.json:1:3");
  CHECK(refusal("NaN").starts_with("J001"));
}

TEST_CASE("a comma too many is said to be one", "[json]") {
  for (const std::string json : {"{\"a\": 1,}", "[1, 2,]", "{\"a\": [1,\n  ]}", "[,]"}) {
    std::string message;
    try {
      (void)read_json(json);
    } catch (const Error &error) {
      message = error.first().message;
    }
    CAPTURE(json, message);
    CHECK((message.find("a comma too many before '") != std::string::npos) == (json != "[,]"));
  }
}

TEST_CASE("a key given twice is refused, wherever it stands", "[json]") {
  CHECK(refusal(R"({"a": 1, "b": {"c": 1, "c": 2}})") == "J004 at faits.json#/b/c");
  CHECK(refusal(R"([{"a": 1}, {"a": 2}])").starts_with("read"));
}

TEST_CASE("JSON beyond the limits is refused in bounded time", "[json]") {
  CHECK(refusal(std::string(300, '[')).starts_with("J003"));
  CHECK(refusal(std::string(5'000'000, '[')).starts_with("J003"));
  CHECK(refusal(std::string(256, '[') + std::string(256, ']')).starts_with("read"));
  JsonLimits small;
  small.bytes = 10;
  CHECK(refusal("\"12345678901\"", small).starts_with("J003"));
  // An object of many keys is read in time proportional to it.
  std::string many = "{";
  for (int i = 0; i < 200'000; ++i)
    many += (i > 0 ? "," : "") + ("\"k" + std::to_string(i)) + "\":0";
  CHECK(read_json(many + "}").context().size() == 200'000);
}

TEST_CASE("texts are escaped, and stay readable whatever their bytes", "[json]") {
  CHECK(write_json(Value("a\"b\\c\n\t\r\x01 é €")) == "\"a\\\"b\\\\c\\n\\t\\r\\u0001 é €\"");
  CHECK(write_json(Value("\xFF\xC3")) == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(write_json(Value("\xED\xA0\x80")).find('\xED') == std::string::npos);
  CHECK(read_json(R"("\u00e9\ud83d\ude00")").text() == "é😀");
}

TEST_CASE("JSON is written on one line or indented, keys in their order", "[json]") {
  const Value value = read_json(R"({"b": [1, {}], "a": {"@date": "2022-06-01"}})");
  CHECK(write_json(value) == R"({"b":[1,{}],"a":{"@date":"2022-06-01"}})");
  CHECK(write_json(value, 2) == "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": {\"@date\": \"2022-06-01\"}\n}");
}

TEST_CASE("a byte 0 is refused wherever it stands", "[json]") {
  using namespace std::string_literals;
  CHECK(refusal("{\"a\": 1}\0"s) == "J001 at faits.json:1:9");
  CHECK(refusal("{\"a\": 1}\0{\"b\": 2}"s) == "J001 at faits.json:1:9");
  CHECK(refusal("{\"a\":\n \"x\0y\"}"s) == "J001 at faits.json:2:4");
  CHECK(refusal("\0"s) == "J001 at faits.json:1:1");
  CHECK(refusal(R"({"a": "\u0000"})") == R"(read: {"a":"\u0000"})"); // written, it is a character like another
}

TEST_CASE("JSON is UTF-8, with or without a mark; other encodings are refused with the remedy", "[json][encodings]") {
  using namespace std::string_literals;
  CHECK(refusal("\xEF\xBB\xBF{\"été\": 1}") == "read: {\"été\":1}");
  const auto message = [](std::string_view json) {
    try {
      (void)read_json(json, "faits.json");
    } catch (const Error &error) {
      return error.first().where + " " + error.first().message;
    }
    return std::string("read");
  };
  CHECK(message("{\n\"a\": \"\xE9t\xE9\"}") == "faits.json:2:7 the text is not UTF-8: save it as UTF-8");
  CHECK(message("\xFF\xFE{\0}\0"s) == "faits.json:1:1 the text is UTF-16: save it as UTF-8");
  CHECK(message("\0{\0}"s) == "faits.json:1:1 the text is UTF-16: save it as UTF-8");
  // What is quoted of the text stays UTF-8 whatever its bytes.
  CHECK(message("{\xE9: 1}").find('\xE9') == std::string::npos);
}

TEST_CASE("an empty array where an object is wanted names PHP's habit", "[json]") {
  CHECK(std::string(empty_array_hint(read_json("[]"))).find("json_encode([])") != std::string::npos);
  CHECK(empty_array_hint(read_json("[1]")).empty());
  CHECK(empty_array_hint(read_json("{}")).empty());
}

TEST_CASE("a text whose values would take too much memory is refused", "[json][limits][slow]") {
  std::string text = "[";
  while (text.size() < (36u << 20))
    text += "[],";
  CHECK(refusal(text + "0]").starts_with("J003 at faits.json#/"));
}
