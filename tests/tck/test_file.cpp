#include "tests/tck/test_file.hpp"

#include <pugixml.hpp>

#include <stdexcept>
#include <string_view>

namespace tck {

namespace {

using spie::feel::Value;

// Five files of the kit write their elements with a prefix.
std::string_view local(const pugi::xml_node &node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string attribute(const pugi::xml_node &node, std::string_view wanted) {
  for (const auto &one : node.attributes()) {
    const std::string_view name = one.name();
    const std::size_t colon = name.find(':');
    if ((colon == std::string_view::npos ? name : name.substr(colon + 1)) == wanted)
      return one.value();
  }
  return {};
}

std::string trimmed(std::string text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Value scalar(const pugi::xml_node &node, bool &unreadable) {
  using namespace spie::feel;
  if (attribute(node, "nil") == "true")
    return {};
  std::string type = attribute(node, "type");
  if (const std::size_t colon = type.find(':'); colon != std::string::npos)
    type = type.substr(colon + 1);
  std::string text;
  for (const auto &part : node.children())
    text += part.value();
  if (type == "string" || type.empty()) // white space counts
    return text;
  text = trimmed(std::move(text));
  if (type == "boolean")
    return text == "true" || text == "1";
  if (type == "date") {
    if (const auto date = Date::parse(text))
      return *date;
  } else if (type == "time") {
    if (const auto time = Time::parse(text))
      return *time;
  } else if (type == "dateTime") {
    if (const auto instant = DateTime::parse(text))
      return *instant;
  } else if (type == "duration") {
    if (const auto months = MonthsDuration::parse(text))
      return *months;
    if (const auto days = DaysDuration::parse(text))
      return *days;
  } else if (const auto number = Number::parse(text)) { // decimal, double, integer…
    return *number;
  }
  unreadable = true;
  return {};
}

// What stands inside an inputNode, an expected, an item or a component.
Value value_of(const pugi::xml_node &node, bool &unreadable) {
  using namespace spie::feel;
  Context context;
  bool has_components = false;
  for (const auto &child : node.children()) {
    const auto name = local(child);
    if (name == "value")
      return scalar(child, unreadable);
    if (name == "list") {
      if (attribute(child, "nil") == "true")
        return {};
      List list;
      for (const auto &item : child.children())
        if (local(item) == "item")
          list.push_back(value_of(item, unreadable));
      return Value(std::move(list));
    }
    if (name == "component") {
      has_components = true;
      context.set(attribute(child, "name"), attribute(child, "nil") == "true" ? Value() : value_of(child, unreadable));
    }
  }
  return has_components ? Value(std::move(context)) : Value();
}

} // namespace

TestFile read_test_file(const std::string &path) {
  pugi::xml_document document;
  const auto parsed = document.load_file(path.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed)
    throw std::runtime_error(path + ": " + parsed.description());
  TestFile file;
  const auto root = document.document_element();
  if (local(root) != "testCases")
    throw std::runtime_error(path + ": no testCases");
  for (const auto &child : root.children()) {
    if (local(child) == "modelName")
      file.model = trimmed(child.text().get());
    if (local(child) != "testCase")
      continue;
    TestCase test;
    test.id = attribute(child, "id");
    test.type = attribute(child, "type");
    test.invocable = attribute(child, "invocableName");
    test.position = file.cases.size() + 1;
    for (const auto &node : child.children()) {
      if (local(node) == "inputNode") {
        Node input;
        input.name = attribute(node, "name");
        input.model_namespace = attribute(node, "namespace");
        input.value = value_of(node, input.unreadable);
        test.inputs.push_back(std::move(input));
      } else if (local(node) == "resultNode") {
        ResultNode result;
        result.name = attribute(node, "name");
        result.model_namespace = attribute(node, "namespace");
        result.error_expected = attribute(node, "errorResult") == "true";
        for (const auto &expected : node.children())
          if (local(expected) == "expected")
            result.value = value_of(expected, result.unreadable);
        test.results.push_back(std::move(result));
      }
    }
    file.cases.push_back(std::move(test));
  }
  return file;
}

} // namespace tck
