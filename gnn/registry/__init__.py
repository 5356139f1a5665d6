"""Trained models as folders: tensors, configuration, ids and metrics; no pickles."""

from gnn.registry.artefact import Artefact, ModelDamaged, ModelMissing, load, save

__all__ = ["Artefact", "ModelDamaged", "ModelMissing", "load", "save"]
