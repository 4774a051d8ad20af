"""A storage for Radicale that keeps neither CONFERENCE nor URL, as servers do that know their own fields only."""

from radicale import item as radicale_item
from radicale.storage import multifilesystem


class Collection(multifilesystem.Collection):
    def upload(self, href, item):
        for event in item.vobject_item.contents.get("vevent", []):
            for name in ("conference", "url"):
                event.contents.pop(name, None)
        kept = radicale_item.Item(collection=self, vobject_item=item.vobject_item)
        return super().upload(href, kept)


class Storage(multifilesystem.Storage):
    _collection_class = Collection
