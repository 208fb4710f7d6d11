(script_element (start_tag (attribute (attribute_name) @_src (quoted_attribute_value (attribute_value) @import))
  (#eq? @_src "src")))
(element (start_tag (tag_name) @_link (attribute (attribute_name) @_href
  (quoted_attribute_value (attribute_value) @import))) (#eq? @_link "link") (#eq? @_href "href"))
(element (self_closing_tag (tag_name) @_link (attribute (attribute_name) @_href
  (quoted_attribute_value (attribute_value) @import))) (#eq? @_link "link") (#eq? @_href "href"))

(element (start_tag (attribute (attribute_name) @_id (quoted_attribute_value (attribute_value) @name)) @definition.element)
  (#eq? @_id "id"))

(attribute (attribute_name) @_class (quoted_attribute_value (attribute_value) @reference.use)
  (#any-of? @_class "class" "for"))
