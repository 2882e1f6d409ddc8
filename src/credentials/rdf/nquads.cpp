#include "credentials/rdf/quad.hpp"

#include "spie/diagnostic.hpp"
#include "text/encoding.hpp"

#include <algorithm>
#include <charconv>

namespace spie::credentials::rdf {

namespace {

constexpr std::string_view xsd_string = "http://www.w3.org/2001/XMLSchema#string";

void append_escaped(std::string &out, unsigned code) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4)
    out += hex[code >> shift & 0xF];
}

void append_literal(std::string &out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    switch (byte) {
    case '\b':
      out += "\\b";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\f':
      out += "\\f";
      break;
    case '\r':
      out += "\\r";
      break;
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case 0xEF: // U+FFFE and U+FFFF are no characters of XML 1.1
      if (text.substr(i).starts_with("\xEF\xBF\xBE") || text.substr(i).starts_with("\xEF\xBF\xBF")) {
        append_escaped(out, text[i + 2] == '\xBE' ? 0xFFFE : 0xFFFF);
        i += 2;
      } else {
        out += text[i];
      }
      break;
    default:
      if (byte < 0x20 || byte == 0x7F)
        append_escaped(out, byte);
      else
        out += text[i];
    }
  }
}

class Reader {
public:
  explicit Reader(std::string_view text) : text_(text) {}

  Dataset read() {
    Dataset quads;
    for (;;) {
      spaces();
      while (!ended() && (text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '#')) {
        if (text_[at_] == '#')
          at_ = std::min(text_.find('\n', at_), text_.size());
        else
          line_ += text_[at_++] == '\n' ? 1u : 0u;
        spaces();
      }
      if (ended())
        return quads;
      Quad quad;
      quad.subject = term();
      quad.predicate = term();
      quad.object = term();
      if (!ended() && text_[at_] != '.')
        quad.graph = term();
      take('.');
      if (quad.subject.kind == Term::Kind::literal || quad.predicate.kind != Term::Kind::iri ||
          (quad.graph && quad.graph->kind == Term::Kind::literal))
        fault("a literal or a blank node where none may stand");
      quads.push_back(std::move(quad));
    }
  }

private:
  [[noreturn]] void fault(const std::string &what) const {
    throw Error({Code::badge_structure, Level::error, "N-Quads: " + what, std::to_string(line_) + ":1"});
  }
  bool ended() const noexcept { return at_ == text_.size(); }
  void spaces() noexcept {
    while (!ended() && (text_[at_] == ' ' || text_[at_] == '\t'))
      ++at_;
  }
  void take(char c) {
    if (ended() || text_[at_] != c)
      fault(std::string("'") + c + "' was expected");
    ++at_;
  }

  void append_code_point(std::string &out, std::size_t digits) {
    std::uint32_t code = 0;
    const std::string_view written = text_.substr(at_, digits);
    const auto [end, wrong] = std::from_chars(written.data(), written.data() + written.size(), code, 16);
    if (written.size() != digits || wrong != std::errc() || end != written.data() + digits || code > 0x10FFFF ||
        (code >= 0xD800 && code < 0xE000))
      fault("an escape of no character");
    append_utf8(out, code);
    at_ += digits;
  }

  std::string until(char end) {
    std::string out;
    for (;;) {
      if (ended() || text_[at_] == '\n')
        fault("a term that does not end");
      const char c = text_[at_++];
      if (c == end)
        return out;
      if (c != '\\') {
        out += c;
        continue;
      }
      if (ended())
        fault("a term that does not end");
      const char escape = text_[at_++];
      static constexpr std::string_view escapes = "tbnrf\"'\\", plain = "\t\b\n\r\f\"'\\";
      if (escape == 'u' || escape == 'U')
        append_code_point(out, escape == 'u' ? 4 : 8);
      else if (const std::size_t which = escapes.find(escape); which != std::string_view::npos && end == '"')
        out += plain[which];
      else
        fault("an escape that N-Quads does not have");
    }
  }

  Term term() {
    spaces();
    Term term;
    if (ended())
      fault("a term is missing");
    if (text_[at_] == '<') {
      ++at_;
      term.value = until('>');
    } else if (text_[at_] == '"') {
      ++at_;
      term.kind = Term::Kind::literal;
      term.value = until('"');
      if (text_.substr(at_).starts_with("^^<")) {
        at_ += 3;
        term.datatype = until('>');
        if (term.datatype == xsd_string)
          term.datatype.clear();
      } else if (text_.substr(at_).starts_with('@')) {
        const std::size_t end = std::min(text_.find_first_of(" \t.\n", at_), text_.size());
        term.language = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end;
      }
    } else if (text_.substr(at_).starts_with("_:")) {
      std::size_t end = std::min(text_.find_first_of(" \t\n<\"", at_), text_.size());
      if (text_[end - 1] == '.') // the end of the statement, not of the label
        --end;
      term.kind = Term::Kind::blank;
      term.value = text_.substr(at_ + 2, end - at_ - 2);
      at_ = end;
      if (term.value.empty())
        fault("a blank node without a label");
    } else {
      fault("no term begins so");
    }
    spaces();
    return term;
  }

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1;
};

} // namespace

void append_term(std::string &out, const Term &term) {
  switch (term.kind) {
  case Term::Kind::iri:
    out += '<';
    out += term.value;
    out += '>';
    break;
  case Term::Kind::blank:
    out += "_:";
    out += term.value;
    break;
  case Term::Kind::literal:
    out += '"';
    append_literal(out, term.value);
    out += '"';
    if (!term.language.empty()) {
      out += '@';
      out += term.language;
    } else if (!term.datatype.empty() && term.datatype != xsd_string) {
      out += "^^<";
      out += term.datatype;
      out += '>';
    }
  }
}

std::string nquad(const Quad &quad) {
  std::string out;
  for (const Term *term : {&quad.subject, &quad.predicate, &quad.object, quad.graph ? &*quad.graph : nullptr})
    if (term != nullptr) {
      append_term(out, *term);
      out += ' ';
    }
  return out += ".\n";
}

Dataset read_nquads(std::string_view text) { return Reader(text).read(); }

} // namespace spie::credentials::rdf
