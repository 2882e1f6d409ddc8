// A document, and what stands at its top: types, inputs, decisions, functions, services.
#include "rules/dmn/document_reader.hpp"
#include "rules/dmn/xml_encoding.hpp"
#include "rules/dmn/xml_guard.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>

namespace spie::dmn {

namespace {

// The tag around a place that cannot be read, or the line where there is none: what whoever wrote it knows it by.
std::string_view words_at(std::string_view xml, std::size_t place) {
  const std::size_t tag = xml.rfind('<', std::min(place, xml.size()));
  const std::size_t start = tag != std::string_view::npos ? tag : xml.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos)
    return {};
  const std::size_t end = xml.find_first_of(">\r\n", start);
  return xml.substr(start, end == std::string_view::npos ? end : end - start + (xml[end] == '>' ? 1 : 0));
}

} // namespace

DocumentReader::DocumentReader(const Source &source, const LoadOptions &options, feel::Loading &loading,
                               std::vector<Diagnostic> &findings)
    : source_(source), options_(options), loading_(loading), findings_(findings) {}

Document DocumentReader::read() {
  const std::size_t most = loading_.limits().bytes;
  if (source_.xml.size() > most)
    refuse("the document has more than " + std::to_string(most) + " bytes", 0, "bytes");
  // The files of a pack are all in UTF-8.
  const std::optional<std::string> transcoded = options_.merge ? std::nullopt : utf8_of_xml(source_.xml);
  std::string_view xml = transcoded ? *transcoded : source_.xml;
  if (xml.substr(0, 3) == "\xEF\xBB\xBF")
    xml.remove_prefix(3);
  if (const auto fault = check_xml(xml, loading_)) {
    if (loading_.exhausted())
      throw Error(loading_.fault(Code::dmn_xml, place(fault->line)));
    refuse(fault->message, fault->line, fault->limit);
  }
  for (std::size_t at = xml.find('\n'); at != std::string_view::npos; at = xml.find('\n', at + 1))
    line_starts_.push_back(at + 1);
  pugi::xml_document tree;
  const auto parsed = tree.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed)
    refuse_words(std::string("not well-formed XML: ") + parsed.description(), line_at(parsed.offset),
                 words_at(xml, static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, parsed.offset))));
  const pugi::xml_node root = tree.document_element();
  if (local(root) != "definitions")
    refuse_words("the root is not the element `definitions` of DMN 1.1 to 1.6", line(root),
                 '<' + std::string(root.name()) + " xmlns=\"" + uri_of(root) + "\">");
  Document document;
  document.version = version_of(uri_of(root));
  name(root, document);
  document.file = source_.name;
  document.model_namespace = attribute(root, "namespace");
  if (document.model_namespace.empty())
    document.model_namespace = document.name;
  if (!is_feel(attribute(root, "expressionLanguage")))
    default_language_ = attribute(root, "expressionLanguage");
  for (const auto &xmlns : root.attributes())
    if (std::string_view(xmlns.name()).substr(0, 6) == "xmlns:")
      document.prefixes.emplace_back(xmlns.name() + 6, xmlns.value());
  for (const auto &child : root.children())
    read_top(child, document);
  document.prefixes.insert(document.prefixes.end(), prefixes_.begin(), prefixes_.end());
  return document;
}

void DocumentReader::read_top(pugi::xml_node node, Document &document) {
  const std::string_view kind = local(node);
  element_.clear();
  if (kind == "import")
    document.imports.push_back(import(node));
  else if (kind == "itemDefinition")
    document.types.push_back(item(node, 0));
  else if (kind == "inputData")
    document.inputs.push_back(input(node));
  else if (kind == "decision")
    document.decisions.push_back(decision(node));
  else if (kind == "businessKnowledgeModel")
    document.functions.push_back(knowledge(node));
  else if (kind == "decisionService")
    document.services.push_back(service(node));
  else if (kind == "knowledgeSource")
    document.authorities.push_back(authority(node));
  else if (kind != "textAnnotation" && kind != "association" && kind != "group" && kind != "performanceIndicator" &&
           kind != "organizationUnit" && kind != "elementCollection")
    unexpected(node);
  element_.clear();
}

void DocumentReader::required_name(const Named &named, std::string_view kind) {
  element_ = std::string(kind) + " '" + named.name + "'";
  if (named.name.empty())
    find(feel::with_article(kind) + " has no name", named.line);
}

ImportDecl DocumentReader::import(pugi::xml_node node) {
  ImportDecl result;
  name(node, result);
  result.model_namespace = attribute(node, "namespace");
  result.import_type = attribute(node, "importType");
  return result;
}

ItemDefinition DocumentReader::item(pugi::xml_node node, int depth) {
  ItemDefinition result;
  name(node, result);
  if (depth == 0)
    required_name(result, "item definition");
  else if (result.name.empty())
    find("an item component has no name", result.line);
  result.collection = attribute(node, "isCollection") == "true" || attribute(node, "isCollection") == "1";
  result.type_ref = type_ref(node);
  for (const auto &child : node.children()) {
    const std::string_view kind = local(child);
    if (kind == "typeRef")
      result.type_ref = qualified(trimmed(child.text().get()), child);
    else if (kind == "allowedValues")
      result.allowed_values = text(child);
    else if (kind == "typeConstraint")
      result.type_constraint = text(child);
    else if (kind == "itemComponent")
      result.components.push_back(item(child, depth + 1));
    else if (kind == "functionItem") {
      result.function = true;
      result.output_type_ref = type_ref(child, "outputTypeRef");
      for (const auto &parameter : child.children())
        if (local(parameter) == "parameters")
          result.parameters.push_back(variable(parameter));
        else
          unexpected(parameter);
    } else {
      unexpected(child);
    }
  }
  return result;
}

InputDecl DocumentReader::input(pugi::xml_node node) {
  InputDecl result;
  name(node, result);
  required_name(result, "input");
  for (const auto &child : node.children())
    if (local(child) == "variable")
      result.variable = variable(child);
    else
      unexpected(child);
  return result;
}

DecisionDecl DocumentReader::decision(pugi::xml_node node) {
  DecisionDecl result;
  name(node, result);
  required_name(result, "decision");
  for (const auto &child : node.children()) {
    const std::string_view kind = local(child);
    if (kind == "question")
      result.question = trimmed(child.text().get());
    else if (kind == "variable")
      result.variable = variable(child);
    else if (kind == "informationRequirement")
      requirement(child, {{"requiredInput", &result.inputs}, {"requiredDecision", &result.decisions}});
    else if (kind == "knowledgeRequirement")
      requirement(child, {{"requiredKnowledge", &result.knowledge}});
    else if (kind == "authorityRequirement")
      requirement(child, {{"requiredAuthority", &result.authorities},
                          {"requiredInput", nullptr_list()},
                          {"requiredDecision", nullptr_list()}});
    else if (is_expression(kind))
      take_expression(child, result.logic);
    else if (kind != "allowedAnswers" && kind != "supportedObjective" && kind != "impactedPerformanceIndicator" &&
             kind != "decisionMaker" && kind != "decisionOwner" && kind != "usingProcess" && kind != "usingTask")
      unexpected(child);
  }
  return result;
}

std::vector<Reference> *DocumentReader::nullptr_list() { return &ignored_; }

KnowledgeDecl DocumentReader::knowledge(pugi::xml_node node) {
  KnowledgeDecl result;
  name(node, result);
  required_name(result, "business knowledge model");
  for (const auto &child : node.children()) {
    const std::string_view kind = local(child);
    if (kind == "variable")
      result.variable = variable(child);
    else if (kind == "encapsulatedLogic")
      result.logic = function(child);
    else if (kind == "knowledgeRequirement")
      requirement(child, {{"requiredKnowledge", &result.knowledge}});
    else if (kind == "authorityRequirement")
      requirement(child, {{"requiredAuthority", &result.authorities},
                          {"requiredInput", nullptr_list()},
                          {"requiredDecision", nullptr_list()}});
    else
      unexpected(child);
  }
  return result;
}

ServiceDecl DocumentReader::service(pugi::xml_node node) {
  ServiceDecl result;
  name(node, result);
  required_name(result, "decision service");
  for (const auto &child : node.children()) {
    const std::string_view kind = local(child);
    if (kind == "variable")
      result.variable = variable(child);
    else if (kind == "outputDecision")
      result.outputs.push_back(reference(child));
    else if (kind == "encapsulatedDecision")
      result.encapsulated.push_back(reference(child));
    else if (kind == "inputDecision")
      result.input_decisions.push_back(reference(child));
    else if (kind == "inputData")
      result.input_data.push_back(reference(child));
    else
      unexpected(child);
  }
  return result;
}

AuthorityDecl DocumentReader::authority(pugi::xml_node node) {
  AuthorityDecl result;
  name(node, result);
  result.location = attribute(node, "locationURI");
  return result;
}

Document read_document(const Source &source, const LoadOptions &options, feel::Loading &loading,
                       std::vector<Diagnostic> &findings) {
  return DocumentReader(source, options, loading, findings).read();
}

} // namespace spie::dmn
